import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { leftOut, type Shard } from '../report/index.ts';
import { openSession, RefusedRunError, type Session } from '../session/index.ts';
import { casesOf, loadCases } from './cases.ts';
import { senderOf } from './environment.ts';
import { storedBy } from './expected.ts';
import { obstacleOf } from './obstacle.ts';
import type { ContractPlan, FromWorker, ToWorker } from './plan.ts';
import { createProgress, type Terminal } from './progress.ts';
import { assertRecordable, recordingOf } from './recording-run.ts';
import { releaseOf } from './releases.ts';
import { openReports, type ReportFile } from './report.ts';
import {
  formatRules,
  formatTable,
  internal,
  type Outcome,
  provesNothing,
  summary,
  undecided,
} from './table.ts';
import { stopped } from './targets/target.ts';
import { tenantDocument } from './targets/tenant-document.ts';

export interface RunOptions extends ContractPlan {
  /** Whether a live tenant's customizers may be replaced while the suite runs. */
  allowOverwrite: boolean;
  /** Other arguments, passed to vitest. */
  vitestArguments: readonly string[];
  /**
   * The reports to write, even if the run fails or does not end.
   * @default none
   */
  reports?: readonly ReportFile[];
  /**
   * Whether to print every case at the end instead of every rule.
   * @default false
   */
  verbose?: boolean;
  log: (line: string) => void;
  /**
   * Where to print failures immediately, and progress.
   * @default none
   */
  terminal?: Terminal;
  /** Abort it to end the run: the customizers are restored first. */
  signal: AbortSignal;
}

/** `interrupted`, `nothing proven` and `error` are inconclusive. */
export type RunResult = 'passed' | 'failed' | 'interrupted' | 'nothing proven' | 'error';

/** Milliseconds in which an interrupted request may still reach the tenant. */
const inFlight = 1_000;

/** A random sequence sends about as many requests as this many cases. */
const casesPerSequence = 4;

const isSource = import.meta.url.endsWith('.ts');

/** The process that runs vitest: TypeScript in the repository, JavaScript in the package. */
const workerFile = fileURLToPath(new URL(isSource ? './worker.ts' : './worker.js', import.meta.url));

/**
 * Stripping the types of the sources takes Node 0.1 s in each thread, and most scripts run in a separate thread, so the
 * compiled code is cached.
 */
const compiled = isSource && {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url)),
};

type Verdict = 'content' | 'failed' | 'died';

/**
 * Runs vitest in a separate process, so that this one can always restore a tenant: vitest ends its process on a signal,
 * on an unhandled rejection, and sometimes by itself.
 */
const startWorker = (plan: ContractPlan, vitestArguments: readonly string[]) => {
  const child = fork(workerFile, [], {
    env: { ...compiled, ...process.env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const tell = (message: ToWorker): void => void (child.connected && child.send(message));
  const kill = (): void => void child.kill('SIGKILL');
  // Its last messages may arrive after it has ended: the channel closes when all are read.
  const exited = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  const early = exited.then(() => {
    throw new Error('the process that runs vitest ended before the run started');
  });
  const first = Promise.race([once(child, 'message') as Promise<[FromWorker]>, early]);
  tell({ plan, vitestArguments: [...vitestArguments] });
  return {
    tell,
    kill,
    /** Resolves when vitest is ready to run. @throws {RefusedRunError} for an unknown argument. */
    ready: async (): Promise<NonNullable<FromWorker['ready']>> => {
      const [{ ready, refused = 'vitest was not ready' }] = await first;
      if (ready === undefined) throw new RefusedRunError(refused);
      return ready;
    },
    /** Runs the cases until the process ends, is killed or crashes. */
    run: async (onMessage: (message: FromWorker) => void, signal: AbortSignal): Promise<void> => {
      child.on('message', onMessage);
      signal.addEventListener('abort', kill);
      if (signal.aborted) kill();
      else tell({ go: true });
      await exited;
      signal.removeEventListener('abort', kill);
    },
  };
};

const openLiveSession = async (options: RunOptions, cases: number): Promise<Session> => {
  const { record, allowOverwrite, fuzz, log } = options;
  const sender = senderOf(process.env);
  if (record !== undefined) await assertRecordable(sender, record);
  return openSession({
    endpoint: sender.endpoint,
    getToken: () => sender.token('all'),
    forgetToken: () => sender.forgetToken?.(),
    getObstacles: async () => {
      const release = releaseOf(await tenantDocument(sender));
      return (tokenType, text) => obstacleOf(release, tokenType, text);
    },
    storedByRun: (asWritten) => storedBy(loadCases(), asWritten),
    allowOverwrite,
    asWritten: record !== undefined,
    cases: cases + casesPerSequence * (fuzz?.sequences ?? 0),
    log,
  });
};

/** The results of a run so far. */
interface Found {
  outcomes: Outcome[];
  /** Errors outside the cases. */
  troubles: string[];
  shard?: Shard;
  /** Whether any request may have been sent. */
  hasBegun: boolean;
}

/** The result of a run, with the reason if no failed case explains it. */
type Ended = { result: RunResult; reason?: string };

const endOf = ({ outcomes, troubles }: Found, verdict: Verdict, signal: AbortSignal): Ended => {
  const beginning = (start: string): Outcome[] => outcomes.filter(({ reason }) => reason?.startsWith(start));
  const [mistake] = beginning(internal);
  if (mistake !== undefined) return { result: 'error', reason: `${mistake.case}: ${mistake.reason}` };
  if (signal.aborted || verdict === 'died' || beginning(stopped).length > 0) {
    const tried = outcomes.filter(({ state }) => state !== 'not applicable').length;
    return {
      result: 'interrupted',
      reason: `Interrupted after ${tried} cases: the others are inconclusive.`,
    };
  }
  const reasons = troubles.length > 0 && { reason: troubles.join('\n') };
  if (outcomes.some(({ state }) => state === 'failed')) return { result: 'failed', ...reasons };
  // vitest met an error outside the cases.
  if (verdict === 'failed') return { result: 'error', ...reasons };
  const count = beginning(undecided).length;
  const reason =
    count > 0 ? `${count} cases were inconclusive: the notes explain why.` : provesNothing(outcomes);
  return reason === undefined ? { result: 'passed' } : { result: 'nothing proven', reason };
};

/** @throws the error that prevented writing, after the tenant is restored */
const putBack = async (
  session: Session,
  begun: ReturnType<Session['begin']> | undefined,
  outcomes: readonly Outcome[],
  verdict: Verdict,
): Promise<void> => {
  try {
    await begun?.catch(() => {});
    if (verdict === 'died') await wait(inFlight);
    const left = outcomes.findLast((outcome) => outcome.left)?.left;
    const { lastSeen, foreign, isCut } = left ?? { lastSeen: {}, foreign: [], isCut: true };
    await session.restore({ lastSeen, foreign, isCut: isCut || verdict === 'died' });
  } finally {
    await session.release();
  }
  await begun;
};

const runCases = async (options: RunOptions, found: Found): Promise<Ended> => {
  const { targets, allowDisruptive, fuzz, record, reports = [], log, terminal } = options;
  const keepExchanges = reports.length > 0;
  const plan = { targets, allowDisruptive, keepExchanges, ...(fuzz && { fuzz }), ...(record && { record }) };
  const worker = startWorker(plan, options.vitestArguments);
  const { outcomes, troubles } = found;
  let { signal } = options;
  let verdict = 'died' as Verdict;
  try {
    const { shard, tells } = await worker.ready();
    found.hasBegun = true;
    if (shard !== undefined) found.shard = shard;
    const cases = casesOf(shard && { shard }).length;
    const session = targets.includes('tenant') ? await openLiveSession(options, cases) : undefined;
    if (session !== undefined) signal = AbortSignal.any([signal, session.lost]);
    let begun: ReturnType<Session['begin']> | undefined;
    const begin = (): void => {
      begun ??= session?.begin();
      begun?.then(
        (lastSeen) => worker.tell({ begun: { lastSeen } }),
        ({ message }: Error) => worker.tell({ begun: { refused: message } }),
      );
    };
    const progress = terminal && !tells ? createProgress({ terminal, cases }) : undefined;
    let refused: string | undefined;
    const onMessage = (message: FromWorker): void => {
      const { begin: isDue, outcome, troubles: met = [], isContent } = message;
      refused ??= message.refused;
      if (isDue) begin();
      if (outcome !== undefined) {
        outcomes.push(outcome);
        progress?.add(outcome);
      }
      for (const trouble of met) {
        troubles.push(trouble);
        progress?.end();
        if (!tells) log(trouble);
      }
      if (isContent !== undefined) verdict = isContent ? 'content' : 'failed';
    };
    try {
      await worker.run(onMessage, signal);
    } finally {
      progress?.end();
      worker.kill();
      if (session !== undefined) await putBack(session, begun, outcomes, verdict);
    }
    if (refused !== undefined) throw new RefusedRunError(refused);
  } finally {
    worker.kill();
  }
  if (verdict === 'died' && !signal.aborted) {
    troubles.push('The process that runs the cases ended unexpectedly.');
    log(troubles.at(-1) ?? '');
  }
  log(
    `\n${(options.verbose ? formatTable : formatRules)(outcomes)}\n\n${summary(outcomes.filter(({ reason }) => reason !== leftOut))}`,
  );
  const recording = record && recordingOf(record, outcomes);
  if (recording !== undefined) log(recording.said);
  const ended = endOf(found, verdict, signal);
  if (ended.result !== 'passed' && ended.result !== 'failed') log(ended.reason ?? '');
  return recording?.isThere === false && ended.result !== 'interrupted'
    ? { result: 'nothing proven', reason: recording.said }
    : ended;
};

/**
 * Runs the cases with vitest, saves the live tenant's customizers before and restores them after, and writes reports.
 *
 * @throws {RefusedRunError} for an invalid argument, when a report cannot be written, and when the tenant has
 * customizers but `allowOverwrite` is false.
 * @throws {Error} when the tenant cannot be reached or when its customizers could not be restored.
 */
export const runContract = async (options: RunOptions): Promise<RunResult> => {
  const { targets, fuzz, log } = options;
  if (fuzz !== undefined) log(`Fuzz: seed ${fuzz.seed}; --fuzz-seed ${fuzz.seed} repeats it.`);
  const writeReports = await openReports(options.reports ?? []);
  const found: Found = { outcomes: [], troubles: [], hasBegun: false };
  const startedAt = new Date();
  const started = performance.now();
  const write = async ({ result, reason }: Ended): Promise<void> => {
    const { outcomes, shard } = found;
    const written = await writeReports(outcomes, {
      startedAt,
      milliseconds: performance.now() - started,
      result,
      reason,
      shard: shard && `${shard.index}/${shard.count}`,
      targets,
      endpoint: process.env['LOGTO_ENDPOINT'],
    });
    for (const path of written) log(`The report is in ${path}.`);
  };
  const ended = await runCases(options, found).catch(async (error: Error) => {
    const failed = { result: 'error', reason: error.message } as const;
    if (found.hasBegun) await write(failed).catch((failure: Error) => log(failure.message));
    throw error;
  });
  await write(ended);
  return ended.result;
};
