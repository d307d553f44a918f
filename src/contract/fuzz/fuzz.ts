import type { TokenType } from '../../../generated/types.d.ts';
import type { Case } from '../case.ts';
import { ContractError } from '../contract-error.ts';
import { senderOf } from '../environment.ts';
import type { Exchange } from '../exchange.ts';
import { type Sender, send } from '../targets/http.ts';
import { stopped, type Target } from '../targets/target.ts';
import { createAsCase } from './as-case.ts';
import { describeStep, type Step, sequencesOf } from './bodies.ts';
import { type Break, createPlayer, ForeignChangeError, UndecidedError } from './player.ts';

// Exports do not use types of fast-check: the types of `/contract` lead here.

/** Its name in the table and in every report. */
export const fuzzName = 'fuzz: random sequences agree with the model';

/** Limits that protect the tenant. */
export interface Limits {
  /** The most sequences tried to shrink a failing one. */
  tries: number;
  /** The most milliseconds for shrinking. */
  shrinking: number;
  /** The number of consecutive inconclusive sequences after which the run stops. */
  undecidedInARow: number;
}

const usualLimits: Limits = { tries: 400, shrinking: 60_000, undecidedInARow: 10 };

/** The options of a fuzz run. */
export interface FuzzPlan {
  /** The number of sequences, of 1 to 8 requests each, not counting setup. */
  sequences: number;
  /** A 32-bit integer. The same seed generates the same sequences on the same release. */
  seed: number;
}

export interface FuzzTargetOptions extends FuzzPlan {
  /** @default from the environment variables */
  sender?: Sender;
  /** Called with the stored customizers whenever they were read. */
  seen?(after: Exchange['after']): void;
  limits?: Partial<Limits>;
}

/** The result when nothing broke the contract. */
export interface FuzzReport {
  /** The seed and the counts, as in `seed 42: 100 sequences, 431 steps, 3 inconclusive (429 ×2, 503)`. */
  note: string;
  /** The last conclusive HTTP status. */
  status?: number;
  /** Why the run is inconclusive. */
  undecided?: string;
  /** The customizer that somebody else changed, which stopped the run. */
  foreign?: TokenType;
}

const retries = {
  fails: 'fails again. As a case, for a file of contracts/cases/:',
  'fails in this sequence alone':
    'not reproducible by itself: the same request passes. The sequence breaks again.',
  passes: 'not reproducible: neither the same request nor the sequence broke again.',
  undecided: 'could not be retried: the tenant gave no conclusive response.',
};

/** A sequence of requests in which a tenant broke the contract. */
export class FuzzError extends Error {
  override readonly name = 'FuzzError';
  /** The failing step, with the customizers stored before it, as a case. */
  readonly contract: Case;
  /** The outcome of retrying the failing step with the same bytes. */
  readonly retried: keyof typeof retries;

  constructor(message: string, contract: Case, retried: keyof typeof retries) {
    super(message);
    this.contract = contract;
    this.retried = retried;
    // The stack within the suite is of no use.
    this.stack = `${this.name}: ${message}`;
  }
}

const errorOf = (broken: Break, retried: keyof typeof retries, summary: string): FuzzError => {
  const { contract, exchange, findings, steps } = broken;
  // In the format of the files in `contracts/cases/`.
  const { group: _, ...written } = contract;
  const lines = [
    new ContractError(contract, exchange, findings).message,
    `  found by   --fuzz: ${summary}`,
    '  sequence   (after putting and deleting each customizer)',
    ...steps.map((step, index) => `    ${index + 1}. ${describeStep(step)}`),
    `  again      ${retries[retried]}`,
    ...(retried === 'fails' ? [JSON.stringify([written], null, 2)] : []),
  ];
  return new FuzzError(lines.join('\n'), contract, retried);
};

/** Retries the failing step alone, then the sequence that led to it. */
const retry = async (
  { again, play }: ReturnType<typeof createPlayer>,
  { contract, steps }: Break,
): Promise<keyof typeof retries> => {
  try {
    if ((await again(contract)).findings.length > 0) return 'fails';
    const { undecided, broken } = await play(steps);
    if (undecided !== undefined) return 'undecided';
    return broken === undefined ? 'passes' : 'fails in this sequence alone';
  } catch (error) {
    if (error instanceof UndecidedError) return 'undecided';
    throw error;
  }
};

/** The number of attempts to empty the tenant, which an overloaded one refuses. */
const openings = 3;

/**
 * Empties the tenant through the target, which notices if it has changed since the last case.
 *
 * @returns why nothing may be written.
 */
const open = async (target: Target): Promise<string | undefined> => {
  const opening = createAsCase(target.release, 'fuzz')({ operation: 'list' }, {});
  for (let attempt = 0; attempt < openings && target.cannotShow(opening) === undefined; attempt += 1) {
    try {
      await target.exchange(opening);
      return undefined;
    } catch {
      // An overloaded tenant is counted below; cannotShow now returns the reason for a changed one.
    }
  }
  return target.cannotShow(opening);
};

const fuzz = async (target: Target, options: FuzzTargetOptions): Promise<FuzzReport> => {
  const { seed, sequences, sender = senderOf(process.env), seen = () => {} } = options;
  const { release } = target;
  const limits = { ...usualLimits, ...options.limits };
  const { default: fc } = await import('fast-check');
  const asCase = createAsCase(release, `fuzz, seed ${seed}`);
  const player = createPlayer((contract) => send(sender, contract), asCase, seen);
  // The summary of the run before shrinking.
  let [begun, steps, undecidedInARow] = [0, 0, 0];
  let status: number | undefined;
  const inconclusive = new Map<string, number>();
  // Set by the first failure.
  let broken: Break | undefined;
  let until = Number.POSITIVE_INFINITY;
  const tried = new Map<string, boolean>();
  let ended: unknown;

  const tryOut = async (sequence: Step[]): Promise<boolean> => {
    const played = await player.play(sequence);
    undecidedInARow = played.undecided === undefined ? 0 : undecidedInARow + 1;
    if (broken === undefined) {
      begun += 1;
      steps += played.steps;
      status = played.status ?? status;
      if (played.undecided !== undefined)
        inconclusive.set(played.undecided, (inconclusive.get(played.undecided) ?? 0) + 1);
      if (played.broken !== undefined) until = performance.now() + limits.shrinking;
    } else tried.set(JSON.stringify(sequence), played.broken === undefined);
    broken = played.broken ?? broken;
    return played.broken === undefined;
  };
  /** Whether the tenant kept the contract, or the sequence was inconclusive. */
  const holds = async (sequence: Step[]): Promise<boolean> => {
    const isTriedOut = broken !== undefined && tried.size >= limits.tries;
    const isLeftAlone = undecidedInARow >= limits.undecidedInARow;
    if (ended !== undefined || isLeftAlone || isTriedOut || performance.now() > until) return true;
    try {
      // While shrinking, fast-check repeats sequences that it has tried: they are not sent twice.
      return tried.get(JSON.stringify(sequence)) ?? (await tryOut(sequence));
    } catch (error) {
      // fast-check would treat it as a failure and continue writing.
      ended = error;
      return true;
    }
  };
  await fc.check(fc.asyncProperty(sequencesOf(fc, release), holds), { seed, numRuns: sequences });
  if (ended !== undefined) throw ended;
  const count = [...inconclusive.values()].reduce((sum, times) => sum + times, 0);
  const why = [...inconclusive].map(([reason, times]) => (times === 1 ? reason : `${reason} ×${times}`));
  const note =
    `seed ${seed}: ${begun === sequences ? begun : `${begun} of ${sequences}`} sequences, ${steps} steps, ` +
    `${count} inconclusive${count === 0 ? '' : ` (${why.join(', ')})`}`;
  if (broken !== undefined) throw errorOf(broken, await retry(player, broken), note);
  return {
    note,
    ...(status !== undefined && { status }),
    ...(steps === 0 && { undecided: `no step was conclusive; ${note}` }),
  };
};

/**
 * Puts, patches, deletes and reads random customizers on a live target, one request at a time, and compares every
 * response with the model of a tenant. The stored scripts add no claims to tokens; the caller saves the tenant's
 * customizers before and restores them afterwards. Requires fast-check.
 *
 * @throws {FuzzError} with the smallest failing sequence found.
 */
export const fuzzTarget = async (target: Target, options: FuzzTargetOptions): Promise<FuzzReport> => {
  const { seed } = options;
  const reason = await open(target);
  if (reason !== undefined) return { note: `seed ${seed}: not begun`, undecided: reason };
  try {
    return await fuzz(target, options);
  } catch (error) {
    if (!(error instanceof ForeignChangeError)) throw error;
    const undecided = `${stopped} ${error.message}`;
    return { note: `seed ${seed}: ${undecided}`, undecided, foreign: error.tokenType };
  }
};
