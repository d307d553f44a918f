import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestCase, Vitest } from 'vitest/node';
import { loadCases } from './cases.ts';
import { senderOf } from './environment.ts';
import { openSession, type Session } from './session/index.ts';
import { formatTable, type Outcome, provesNothing, summary } from './table.ts';
import { readVitestArguments } from './vitest-arguments.ts';

/** What a case can be tried on. `recordings` stands for all recorded releases. */
export const targetNames = ['mock', 'recordings', 'tenant'] as const;
export type TargetName = (typeof targetNames)[number];

/** What the vitest file is told. Credentials go by the environment. */
export interface ContractPlan {
  targets: TargetName[];
  allowDisruptive: boolean;
}

declare module 'vitest' {
  interface ProvidedContext {
    contract: ContractPlan;
  }
  interface TaskMeta {
    /** The HTTP status that a case was answered with. */
    status?: number;
  }
}

export interface RunOptions extends ContractPlan {
  /** Whether a live tenant's customizers may be replaced while the suite runs. */
  allowOverwrite: boolean;
  /** Further arguments, as vitest's own command takes them. */
  vitestArguments: readonly string[];
  log: (line: string) => void;
  /** Aborted when a person or a machine ends the run: what was written is put back first. */
  signal: AbortSignal;
}

/** `interrupted` and `nothing proven` are neither good nor bad. */
export type RunResult = 'passed' | 'failed' | 'interrupted' | 'nothing proven';

const outcomeOf = (testCase: TestCase): Outcome => {
  const result = testCase.result();
  const status = testCase.meta().status;
  const note = result.state === 'skipped' ? result.note : undefined;
  return {
    target: testCase.parent.type === 'suite' ? testCase.parent.name : '',
    case: testCase.name,
    state: result.state === 'passed' ? 'passed' : result.state === 'skipped' ? 'not applicable' : 'failed',
    ...(result.state === 'skipped' && { reason: note ?? 'left out by a filter' }),
    ...(status !== undefined && { status }),
  };
};

/** The vitest file: TypeScript in the repository, JavaScript in the package. */
const testFile = (): string => {
  const source = fileURLToPath(new URL('../../contracts/contract.test.ts', import.meta.url));
  return existsSync(source) ? source : source.replace(/\.ts$/, '.js');
};

/**
 * Runs the cases with vitest, the live tenant's customizers saved before and put back after.
 *
 * @throws {RefusedRunError} for a wrong argument, and when the tenant has customizers and nobody allowed to replace
 * them.
 * @throws {Error} when vitest is not installed, when the tenant cannot be reached or when its customizers could not
 * be put back.
 */
export const runContract = async (options: RunOptions): Promise<RunResult> => {
  const { targets, allowDisruptive, log, signal } = options;
  const { startVitest, ...vitestCli } = await import('vitest/node');
  const fromUser = readVitestArguments(vitestCli, options.vitestArguments);
  const outcomes: Outcome[] = [];
  const collect: Reporter = {
    onTestCaseResult: (testCase) => {
      outcomes.push(outcomeOf(testCase));
    },
  };
  let session: Session | undefined;
  if (targets.includes('tenant')) {
    const sender = senderOf(process.env);
    session = await openSession({
      endpoint: sender.endpoint,
      getToken: () => sender.token('all'),
      allowOverwrite: options.allowOverwrite,
      cases: loadCases().length,
      log,
    });
  }
  const file = testFile();
  let vitest: Vitest | undefined;
  const cancel = () => void vitest?.cancelCurrentRun('keyboard-input');
  signal.addEventListener('abort', cancel);
  let crashed = false;
  try {
    vitest = signal.aborted
      ? undefined
      : await startVitest(fromUser.filter, {
          ...fromUser.options,
          config: false,
          root: dirname(file),
          include: [file],
          exclude: [],
          watch: false,
          // One case at a time: there is one tenant. Threads end with this process, whatever ends it.
          pool: 'threads',
          fileParallelism: false,
          isolate: false,
          testTimeout: 120_000,
          passWithNoTests: true,
          provide: { contract: { targets, allowDisruptive } },
          reporters: [...fromUser.reporters, collect],
        });
    crashed =
      (vitest?.state.getUnhandledErrors().length ?? 0) > 0 ||
      (vitest?.state.getFailedFilepaths().length ?? 0) > 0;
  } finally {
    signal.removeEventListener('abort', cancel);
    await vitest?.close();
    await session?.restore();
    if (session !== undefined) log('The customizers are as they were.');
  }
  log('');
  log(formatTable(outcomes));
  log('');
  log(summary(outcomes));
  if (signal.aborted) return 'interrupted';
  if (crashed || outcomes.some(({ state }) => state === 'failed')) return 'failed';
  const nothing = provesNothing(outcomes);
  if (nothing === undefined) return 'passed';
  log(nothing);
  return 'nothing proven';
};
