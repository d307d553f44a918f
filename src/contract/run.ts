import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadCases } from './cases.ts';
import { senderOf } from './environment.ts';
import type { ContractPlan, FromWorker, ToWorker } from './plan.ts';
import { assertRecordable, recordingOf } from './recording-run.ts';
import { RefusedRunError } from './refused-run-error.ts';
import { openSession, type Session } from './session/index.ts';
import { formatTable, type Outcome, provesNothing, summary } from './table.ts';
import { stopped } from './targets/tenant.ts';

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

/** Milliseconds in which a request that was cut off in mid-flight may still reach the tenant. */
const inFlight = 1_000;

/** A random sequence takes about as many requests as so many cases. */
const casesPerSequence = 4;

const isSource = import.meta.url.endsWith('.ts');

/** The process that runs vitest: TypeScript in the repository, JavaScript in the package. */
const workerFile = fileURLToPath(new URL(isSource ? './worker.ts' : './worker.js', import.meta.url));

/**
 * To take the types out of a source takes Node 0.1 s in each thread, and most scripts run in a thread of their own: it
 * keeps what it has compiled.
 */
const compiled = isSource && {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url)),
};

interface Worker {
  /** Resolves when vitest is ready to run. @throws {RefusedRunError} for an argument that it does not have. */
  ready: Promise<void>;
  /** Lets it run, until it ends of itself, is ended or dies. Answers whether it ended of itself and was content. */
  run(onOutcome: (outcome: Outcome) => void, signal: AbortSignal): Promise<'content' | 'failed' | 'died'>;
  end(): void;
}

/**
 * vitest ends its own process on a signal, on an unhandled rejection, at times on its own account. It gets a process
 * of its own, so that this one can always put a tenant back.
 */
const startWorker = (plan: ContractPlan, vitestArguments: readonly string[]): Worker => {
  const child = fork(workerFile, [], {
    env: { ...compiled, ...process.env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const tell = (message: ToWorker): void => void (child.connected && child.send(message));
  // Its last messages may come after its end: the channel closes when all are read.
  const exited = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  let onMessage: (message: FromWorker) => void = () => {};
  child.on('message', (message: FromWorker) => onMessage(message));
  const ready = new Promise<void>((resolve, reject) => {
    onMessage = ({ ready: isReady, refused }) => {
      if (isReady) resolve();
      if (refused !== undefined) reject(new RefusedRunError(refused));
    };
    void exited.then(() => reject(new Error('the process that runs vitest ended before it began')));
  });
  tell({ plan, vitestArguments: [...vitestArguments] });
  return {
    ready,
    run: async (onOutcome, signal) => {
      let verdict: 'content' | 'failed' | 'died' = 'died';
      onMessage = ({ outcome, isContent }) => {
        if (outcome !== undefined) onOutcome(outcome);
        if (isContent !== undefined) verdict = isContent ? 'content' : 'failed';
      };
      const kill = (): void => void child.kill('SIGKILL');
      signal.addEventListener('abort', kill);
      if (signal.aborted) kill();
      else tell({ go: true });
      await exited;
      signal.removeEventListener('abort', kill);
      return verdict;
    },
    end: () => void child.kill('SIGKILL'),
  };
};

const openLiveSession = async (options: RunOptions): Promise<Session> => {
  const sender = senderOf(process.env);
  if (options.record !== undefined) await assertRecordable(sender, options.record);
  return openSession({
    endpoint: sender.endpoint,
    getToken: () => sender.token('all'),
    allowOverwrite: options.allowOverwrite,
    asWritten: options.record !== undefined,
    cases: loadCases().length + casesPerSequence * (options.fuzz?.sequences ?? 0),
    log: options.log,
  });
};

/**
 * Runs the cases with vitest, the live tenant's customizers saved before and put back after.
 *
 * @throws {RefusedRunError} for a wrong argument, and when the tenant has customizers and nobody allowed to replace
 * them.
 * @throws {Error} when the tenant cannot be reached or when its customizers could not be put back.
 */
export const runContract = async (options: RunOptions): Promise<RunResult> => {
  const { targets, allowDisruptive, fuzz, record, log, signal } = options;
  if (fuzz !== undefined) log(`Fuzz: seed ${fuzz.seed}; --fuzz-seed ${fuzz.seed} repeats it.`);
  const plan = { targets, allowDisruptive, ...(fuzz && { fuzz }), ...(record && { record }) };
  const worker = startWorker(plan, options.vitestArguments);
  const outcomes: Outcome[] = [];
  let verdict: 'content' | 'failed' | 'died' = 'died';
  try {
    await worker.ready;
    const session = targets.includes('tenant') ? await openLiveSession(options) : undefined;
    try {
      verdict = await worker.run((outcome) => outcomes.push(outcome), signal);
    } finally {
      worker.end();
      if (session !== undefined && verdict === 'died') await wait(inFlight);
      await session?.restore(outcomes.findLast(({ lastSeen }) => lastSeen)?.lastSeen ?? {});
      await session?.release();
    }
  } finally {
    worker.end();
  }
  log(`\n${formatTable(outcomes)}\n\n${summary(outcomes)}`);
  for (const { target, note } of outcomes) if (note !== undefined) log(`${target}, fuzz: ${note}`);
  const recording = record && recordingOf(record, outcomes);
  if (recording !== undefined) log(recording.said);
  if (signal.aborted || outcomes.some(({ reason }) => reason?.startsWith(stopped))) {
    const tried = outcomes.filter(({ state }) => state !== 'not applicable').length;
    log(`Interrupted after ${tried} cases: that shows nothing of the others.`);
    return 'interrupted';
  }
  if (recording?.isThere === false) return 'nothing proven';
  if (verdict !== 'content' || outcomes.some(({ state }) => state === 'failed')) return 'failed';
  const nothing = provesNothing(outcomes);
  if (nothing === undefined) return 'passed';
  log(nothing);
  return 'nothing proven';
};
