/** The process that runs vitest for `run.ts`, which sends it the plan and the start. */
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { BroadcastChannel } from 'node:worker_threads';
import type { CliOptions, Reporter, TestCase } from 'vitest/node';
import { printable } from '../client/printable.ts';
import { leftOut, mostShards, readShard, type Shard } from '../report/index.ts';
import { RefusedRunError } from '../session/index.ts';
import { defined } from './json.ts';
import { beginChannel, type FromWorker, type ToWorker } from './plan.ts';
import type { Outcome } from './table.ts';

/** Resolves when the message is sent: a channel that is closed earlier loses it. */
const tell = (message: FromWorker): Promise<void> =>
  new Promise((resolve) => void process.send?.(message, () => resolve()));

const told = (): Promise<ToWorker> => new Promise((resolve) => process.once('message', resolve));

// Without the parent process the tenant cannot be restored: write nothing more.
process.once('disconnect', () => process.exit());
// Ctrl-C reaches this process, too, but the parent process handles it.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const) process.on(signal, () => {});

/** The message of a failed case, without vitest's colours. */
const messageOf = ({ message }: { message: string }): string => printable(stripVTControlCharacters(message));

const outcomeOf = (testCase: TestCase): Outcome => {
  const result = testCase.result();
  const isSkipped = result.state === 'skipped';
  const { status, left, note, release, exchange } = testCase.meta();
  // The parent has it now: vitest's reporters do not need it, and its JSON report would include it.
  delete testCase.meta().exchange;
  const { duration } = testCase.diagnostic() ?? {};
  return defined({
    target: testCase.parent.type === 'suite' ? testCase.parent.name : '',
    case: testCase.name,
    state: result.state === 'passed' ? 'passed' : isSkipped ? 'not applicable' : 'failed',
    reason: isSkipped ? printable(result.note ?? leftOut) : undefined,
    status,
    left,
    note,
    release,
    milliseconds: duration && Math.round(duration),
    error: result.state === 'failed' ? result.errors.map(messageOf).join('\n') : undefined,
    exchange,
  }) as Outcome;
};

const collect: Reporter = {
  onTestCaseResult: (testCase) => tell({ outcome: outcomeOf(testCase) }),
  onTestRunEnd: async (modules, errors) => {
    const troubles = [...errors, ...modules.flatMap((module) => module.errors())].map(messageOf);
    if (troubles.length > 0) await tell({ troubles });
  },
};

/** Reporters that do not write to the terminal. */
const silent = ['blob', 'github-actions', 'html', 'json', 'junit'];

const shardOf = (text: unknown): Shard | undefined => {
  const shard = text === undefined ? undefined : readShard(String(text));
  if (text !== undefined && shard === undefined)
    throw new RefusedRunError(
      `--shard takes INDEX/COUNT, for example 1/3, not ${String(text)}; COUNT is ${mostShards} at most`,
    );
  return shard;
};

/** The option as typed: the parser drops a leading `no-` and the dashes. */
const asTyped = (args: readonly string[], name: string): string =>
  args.find((arg) => arg.replaceAll('-', '').split('=')[0]?.toLowerCase().endsWith(name.toLowerCase())) ??
  `--${name}`;

/**
 * Parses the arguments for vitest as its own command does: the reporters separately (on GitHub Actions the annotating
 * one by default, as in vitest), and whether one of them writes the result of each case to the terminal.
 *
 * @throws {RefusedRunError} for an option that vitest does not have: it would be silently ignored.
 */
const readVitestArguments = async (args: readonly string[]) => {
  const { createCLI, parseCLI } = await import('vitest/node');
  const { filter, options } = parseCLI(['vitest', 'run', ...args]);
  const { globalCommand } = createCLI();
  const unknown = Object.keys(options).find(
    (name) => !['--', 'run'].includes(name) && !globalCommand.hasOption(name),
  );
  if (unknown !== undefined)
    throw new RefusedRunError(
      `neither this command nor vitest has the option ${asTyped(args, unknown)} (see --help)`,
    );
  const { reporter, reporters, ...rest } = options as CliOptions & { reporter?: string[] };
  const asked = [reporter ?? (reporters as string[]) ?? []].flat();
  return {
    filter,
    options: rest as CliOptions,
    reporters: asked.length > 0 || process.env['GITHUB_ACTIONS'] !== 'true' ? asked : ['github-actions'],
    tells: asked.some((name) => !silent.includes(name)),
    shard: shardOf(rest.shard),
  };
};

/** The vitest file: TypeScript in the repository, JavaScript in the package. */
const file = fileURLToPath(
  new URL(`../../contracts/contract.test${extname(import.meta.url)}`, import.meta.url),
);

const main = async (): Promise<void> => {
  const { plan, vitestArguments = [] } = await told();
  if (plan === undefined) throw new Error('the start arrived before the plan');
  const { startVitest, BaseSequencer } = await import('vitest/node');
  const { filter, options, reporters, tells, shard } = await readVitestArguments(vitestArguments);
  const go = told();
  await tell({ ready: { tells, ...(shard && { shard }) } });
  await go;
  // vitest would put its cache next to the file, in a package that may be read-only.
  const vite = { cacheDir: join(tmpdir(), 'logto-jwt-customizer') };
  /** vitest shards files, but there is only one: the file skips the cases of other shards. */
  class Sequencer extends BaseSequencer {
    override async shard(files: Parameters<typeof BaseSequencer.prototype.shard>[0]) {
      return files;
    }
  }
  const run = {
    ...options,
    config: false,
    // Reports are written relative to the working directory.
    root: process.cwd(),
    dir: dirname(file),
    include: [file],
    exclude: [],
    watch: false,
    // One case at a time: there is one tenant. Threads always end with this process.
    pool: 'threads',
    fileParallelism: false,
    isolate: false,
    // Node strips the types itself and caches the result (run.ts).
    server: { deps: { external: [/\/(?:src|generated)\//] } },
    // Longer than the requests of a case may take: a slow tenant has not failed, and the next case must not begin while
    // one runs.
    testTimeout: 600_000,
    passWithNoTests: true,
    sequence: { ...options.sequence, sequencer: Sequencer },
    provide: { contract: { ...plan, ...(shard && { shard }) } },
    reporters: [...reporters, collect],
  };
  // Connects the thread that runs the cases to the process that keeps the backup.
  const channel = new BroadcastChannel(beginChannel);
  channel.onmessage = () => void tell({ begin: true });
  process.on('message', ({ begun }: ToWorker) => begun && channel.postMessage(begun));
  // It throws for a reporter or a project that it does not find, before any case runs.
  const vitest = await startVitest(filter, run as CliOptions, vite).catch(({ message }: Error) => {
    throw new RefusedRunError(message);
  });
  channel.close();
  const isContent =
    vitest.state.getUnhandledErrors().length === 0 &&
    vitest.state.getFiles().every(({ result }) => result?.errors === undefined || result.errors.length === 0);
  await tell({ isContent });
  await vitest.close();
};

try {
  await main();
} catch (error) {
  if (!(error instanceof RefusedRunError)) throw error;
  await tell({ refused: error.message });
}
process.disconnect?.();
