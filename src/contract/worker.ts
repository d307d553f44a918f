/** The process that runs vitest for `run.ts`, which tells it what and when. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { CliOptions, Reporter, TestCase } from 'vitest/node';
import { printable } from '../client/printable.ts';
import { RefusedRunError } from '../session/index.ts';
import { passOn } from './begin.ts';
import type { Begun, FromWorker, ToWorker } from './plan.ts';
import { leftOut, type Outcome } from './table.ts';
import { readVitestArguments } from './vitest-arguments.ts';

/** Resolves when the message is on its way: a channel that is closed before loses it. */
const tell = (message: FromWorker): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, () => resolve());
  });

const told = (): Promise<ToWorker> => new Promise((resolve) => process.once('message', resolve));

/** What the process that keeps the backup says to it. */
const askToBegin = async (): Promise<Begun> => {
  const answered = told();
  await tell({ begin: true });
  return (await answered).begun ?? { refused: 'it was not told why' };
};

// Nobody is left to put the tenant back: write nothing more.
process.once('disconnect', () => process.exit());
// Ctrl-C reaches this process, too. It is the other one that decides what it ends.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const) process.on(signal, () => {});

/** What a failed case said; the colours are vitest's. */
const messageOf = ({ message }: { message: string }): string => printable(stripVTControlCharacters(message));

const outcomeOf = (testCase: TestCase): Outcome => {
  const result = testCase.result();
  const { status, left, note, release, exchange } = testCase.meta();
  // It has arrived: no reporter of vitest's needs it, and its JSON would hold it.
  delete testCase.meta().exchange;
  const milliseconds = testCase.diagnostic()?.duration;
  return {
    target: testCase.parent.type === 'suite' ? testCase.parent.name : '',
    case: testCase.name,
    state: result.state === 'passed' ? 'passed' : result.state === 'skipped' ? 'not applicable' : 'failed',
    ...(result.state === 'skipped' && { reason: printable(result.note ?? leftOut) }),
    ...(status !== undefined && { status }),
    ...(left !== undefined && { left }),
    ...(note !== undefined && { note }),
    ...(release !== undefined && { release }),
    ...(milliseconds !== undefined && { milliseconds: Math.round(milliseconds) }),
    ...(result.state === 'failed' && { error: result.errors.map(messageOf).join('\n') }),
    ...(exchange !== undefined && { exchange }),
  };
};

const collect: Reporter = {
  onTestCaseResult: (testCase) => tell({ outcome: outcomeOf(testCase) }),
  onTestRunEnd: async (modules, errors) => {
    const troubles = [...errors, ...modules.flatMap((module) => module.errors())].map(messageOf);
    if (troubles.length > 0) await tell({ troubles });
  },
};

/** The vitest file: TypeScript in the repository, JavaScript in the package. */
const testFile = (): string => {
  const source = fileURLToPath(new URL('../../contracts/contract.test.ts', import.meta.url));
  return existsSync(source) ? source : source.replace(/\.ts$/, '.js');
};

const main = async (): Promise<void> => {
  const { plan, vitestArguments = [] } = await told();
  if (plan === undefined) throw new Error('told to run before told what');
  const { startVitest, BaseSequencer, ...vitestCli } = await import('vitest/node');
  const { filter, options, reporters, tells, shard } = readVitestArguments(vitestCli, vitestArguments);
  const go = told();
  await tell({ ready: { tells, ...(shard && { shard }) } });
  await go;
  const file = testFile();
  // vitest's own cache would come to lie beside the file, in a package that may not be written.
  const vite = { cacheDir: join(tmpdir(), 'logto-jwt-customizer') };
  /** vitest shards files, of which there is one: the file leaves out the other shards' cases. */
  class Sequencer extends BaseSequencer {
    override async shard(files: Parameters<typeof BaseSequencer.prototype.shard>[0]) {
      return files;
    }
  }
  const run = {
    ...options,
    config: false,
    root: dirname(file),
    include: [file],
    exclude: [],
    watch: false,
    // One case at a time: there is one tenant. Threads end with this process, whatever ends it.
    pool: 'threads',
    fileParallelism: false,
    isolate: false,
    // Node takes the types out itself, and keeps what it has compiled (run.ts).
    server: { deps: { external: [/\/(?:src|generated)\//] } },
    // Longer than the requests of a case may take: a tenant that is slow has not failed, and the next case must not
    // begin while one runs.
    testTimeout: 600_000,
    passWithNoTests: true,
    sequence: { ...options.sequence, sequencer: Sequencer },
    provide: { contract: { ...plan, ...(shard && { shard }) } },
    reporters: [...reporters, collect],
  };
  const passing = passOn(askToBegin);
  const vitest = await startVitest(filter, run as CliOptions, vite);
  passing.close();
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
