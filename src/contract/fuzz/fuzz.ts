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

// What is exported names no type of fast-check's: the types of `/contract` lead here.

/** As the table and every report name it. */
export const fuzzName = 'fuzz: random sequences agree with the model';

/** How much is asked of a tenant, at most. */
export interface Limits {
  /** Sequences tried to make a failing one smaller. */
  tries: number;
  /** Milliseconds for that. */
  shrinking: number;
  /** Sequences in a row that could not be decided, after which a tenant is left alone. */
  undecidedInARow: number;
}

const usualLimits: Limits = { tries: 400, shrinking: 60_000, undecidedInARow: 10 };

/** What a person asked for. */
export interface FuzzPlan {
  /** How many sequences, of 1 to 8 requests that matter. */
  sequences: number;
  /** A 32-bit whole number. The same one makes the same sequences on the same release. */
  seed: number;
}

export interface FuzzTargetOptions extends FuzzPlan {
  /** @default by the environment's variables */
  sender?: Sender;
  /** Told what is stored whenever it was read. */
  seen?(after: Exchange['after']): void;
  limits?: Partial<Limits>;
}

/** What came of it, when nothing broke. */
export interface FuzzReport {
  /** The seed and the counts, as in `seed 42: 100 sequences, 431 steps, 3 inconclusive (429 ×2, 503)`. */
  note: string;
  /** The last HTTP status that decided something. */
  status?: number;
  /** Why it proves nothing. */
  undecided?: string;
  /** What somebody else changed, which stopped it. */
  foreign?: TokenType;
}

const retries = {
  fails: 'fails again. As a case, for a file of contracts/cases/:',
  'fails in this sequence alone':
    'not reproducible by itself: the same request passes. The sequence breaks again.',
  passes: 'not reproducible: neither the same request nor the sequence broke again.',
  undecided: 'could not be tried again: the tenant gave no clear response.',
};

/** A sequence of requests in which a tenant broke the contract. */
export class FuzzError extends Error {
  override readonly name = 'FuzzError';
  /** The failing step, and what is stored before it, as a case. */
  readonly contract: Case;
  /** What became of the failing step when it was tried again, the bytes the same. */
  readonly retried: keyof typeof retries;

  constructor(message: string, contract: Case, retried: keyof typeof retries) {
    super(message);
    this.contract = contract;
    this.retried = retried;
    // Where in the suite it was thrown tells nobody anything.
    this.stack = `${this.name}: ${message}`;
  }
}

const errorOf = (broken: Break, retried: keyof typeof retries, summary: string): FuzzError => {
  const { contract, exchange, findings, steps } = broken;
  // As it stands in a file of `contracts/cases/`.
  const { group: _, ...written } = contract;
  const lines = [
    new ContractError(contract, exchange, findings).message,
    `  found by   --fuzz: ${summary}`,
    '  sequence   (each customizer put and deleted before)',
    ...steps.map((step, index) => `    ${index + 1}. ${describeStep(step)}`),
    `  again      ${retries[retried]}`,
    ...(retried === 'fails' ? [JSON.stringify([written], null, 2)] : []),
  ];
  return new FuzzError(lines.join('\n'), contract, retried);
};

/** Tries the failing step by itself, then the sequence that led to it. */
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

/** How often the tenant is to be emptied, which a tired one refuses. */
const openings = 3;

/**
 * Empties the tenant by way of the target, which notices when it is no longer as the last case left it.
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
      // A tired tenant is counted below; a changed one is the reason that cannotShow has now.
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
  // What the run came to before it shrinks.
  let [begun, steps, undecidedInARow] = [0, 0, 0];
  let status: number | undefined;
  const inconclusive = new Map<string, number>();
  // What is known from the first failure on.
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
  /** Whether the tenant kept the contract, or nothing is known of it. */
  const holds = async (sequence: Step[]): Promise<boolean> => {
    const isTriedOut = broken !== undefined && tried.size >= limits.tries;
    const isLeftAlone = undecidedInARow >= limits.undecidedInARow;
    if (ended !== undefined || isLeftAlone || isTriedOut || performance.now() > until) return true;
    try {
      // While it shrinks, fast-check comes back to what it has tried: that is not sent twice.
      return tried.get(JSON.stringify(sequence)) ?? (await tryOut(sequence));
    } catch (error) {
      // fast-check would take it for a failure, and go on writing.
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
    ...(steps === 0 && { undecided: `no step was decided; ${note}` }),
  };
};

/**
 * Puts, patches, deletes and reads random customizers on a live target, one request at a time, and holds every response
 * to the model of a tenant. What the tenant stores meanwhile adds no claim to a token; its customizers are saved before
 * and put back after by the caller. Needs fast-check.
 *
 * @throws {FuzzError} with the smallest failing sequence that was found.
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
