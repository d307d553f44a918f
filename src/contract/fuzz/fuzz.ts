import type { Case } from '../case.ts';
import { ContractError } from '../contract-error.ts';
import type { Exchange } from '../exchange.ts';
import type { Release } from '../releases.ts';
import type { CaseResponse } from '../targets/http.ts';
import { createAsCase } from './as-case.ts';
import { type Limits, usualLimits } from './limits.ts';
import { type Break, createPlayer, type Played, type Player, UndecidedError } from './player.ts';
import { describeStep, type Step, sequencesOf } from './step.ts';

/** What a run of the fuzzer came to, its tries at shrinking aside. */
export interface Tally {
  seed: number;
  /** Sequences that were asked for. */
  asked: number;
  /** Sequences that were begun: fewer after a failure, and when a tenant was left alone. */
  sequences: number;
  /** Steps that were decided: kept or broken. */
  steps: number;
  /** Sequences that were given up, by why: a status, or that there was no response. */
  inconclusive: Map<string, number>;
  /** The last HTTP status that decided something. */
  status?: number;
}

export const addPlayed = (tally: Tally, { steps, status, undecided }: Played): void => {
  tally.sequences += 1;
  tally.steps += steps;
  if (status !== undefined) tally.status = status;
  if (undecided !== undefined)
    tally.inconclusive.set(undecided, (tally.inconclusive.get(undecided) ?? 0) + 1);
};

/** `seed 42: 100 sequences, 431 steps, 3 inconclusive (429 ×2, 503)`. */
export const describeTally = ({ seed, asked, sequences, steps, inconclusive }: Tally): string => {
  const given = [...inconclusive].map(([why, times]) => (times === 1 ? why : `${why} ×${times}`));
  const count = [...inconclusive.values()].reduce((sum, times) => sum + times, 0);
  const why = given.length === 0 ? '' : ` (${given.join(', ')})`;
  const begun = sequences === asked ? String(sequences) : `${sequences} of ${asked}`;
  return `seed ${seed}: ${begun} sequences, ${steps} steps, ${count} inconclusive${why}`;
};

/** What became of the failing step when it was tried again. */
export type Retried =
  /** by itself, on the same bytes: it is a case */
  | 'fails'
  /** not by itself, but the sequence breaks again */
  | 'fails in this sequence alone'
  /** neither */
  | 'passes'
  /** the tenant was tired */
  | 'undecided';

/** As it stands in a file of `contracts/cases/`. */
const asFile = ({ group: _, ...written }: Case): string => JSON.stringify([written], null, 2);

const say = (retried: Retried, contract: Case): string[] => {
  switch (retried) {
    case 'fails':
      return ['fails again. As a case, for a file of contracts/cases/:', asFile(contract)];
    case 'fails in this sequence alone':
      return ['not reproducible by itself: the same request passes. The sequence breaks again.'];
    case 'passes':
      return ['not reproducible: neither the same request nor the sequence broke again.'];
    case 'undecided':
      return ['could not be tried again: the tenant gave no clear answer.'];
  }
};

/** A sequence of requests that a tenant answered otherwise than the model of a tenant. */
export class FuzzError extends Error {
  override readonly name = 'FuzzError';
  /** The failing step, and what is stored before it, as a case. */
  readonly contract: Case;
  readonly retried: Retried;

  constructor({ contract, exchange, findings, steps }: Break, retried: Retried, summary: string) {
    const [first = '', ...lines] = say(retried, contract);
    super(
      [
        new ContractError(contract, exchange, findings).message,
        `  found by   --fuzz: ${summary}`,
        '  sequence   (each customizer put and deleted before)',
        ...steps.map((step, index) => `    ${index + 1}. ${describeStep(step)}`),
        `  again      ${first}`,
        ...lines,
      ].join('\n'),
    );
    this.contract = contract;
    this.retried = retried;
    // Where in the suite it was thrown tells nobody anything.
    this.stack = `${this.name}: ${this.message}`;
  }
}

export interface FuzzOptions {
  release: Release;
  /** Sends a case's request as it stands: nothing is arranged before, nothing read back after. */
  send(contract: Case): Promise<CaseResponse>;
  /** How many sequences, of 1 to 8 requests that matter. */
  sequences: number;
  /** A 32-bit whole number. The same one makes the same sequences on the same release. */
  seed: number;
  /**
   * Told what is stored whenever it was read.
   * @default nobody
   */
  seen?(after: Exchange['after']): void;
  /** @default 400 tries in a minute; 10 in a row */
  limits?: Partial<Limits>;
}

/** Tries the failing step by itself, then the sequence that led to it. */
const retry = async (player: Player, broken: Break): Promise<Retried> => {
  try {
    const { findings } = await player.again(broken.contract);
    if (findings.length > 0) return 'fails';
    const played = await player.play(broken.steps);
    if (played.undecided !== undefined) return 'undecided';
    return played.broken === undefined ? 'passes' : 'fails in this sequence alone';
  } catch (error) {
    if (error instanceof UndecidedError) return 'undecided';
    throw error;
  }
};

/**
 * Puts, patches, deletes and reads random customizers, one request at a time, and holds every response to the model of
 * a tenant. What a tenant stores meanwhile adds no claim to a token. Needs fast-check.
 *
 * @throws {FuzzError} with the smallest failing sequence that was found.
 * @throws {ForeignChangeError} when somebody else writes to the tenant meanwhile.
 */
export const fuzz = async (options: FuzzOptions): Promise<Tally> => {
  const { release, seed } = options;
  const limits = { ...usualLimits, ...options.limits };
  const { default: fc } = await import('fast-check');
  const player = createPlayer({
    send: options.send,
    asCase: createAsCase(release, `fuzz, seed ${seed}`),
    seen: options.seen ?? (() => {}),
  });
  const tally: Tally = { seed, asked: options.sequences, sequences: 0, steps: 0, inconclusive: new Map() };
  let undecidedInARow = 0;
  let broken: Break | undefined;
  let ended: unknown;
  let tries = 0;
  const tried = new Map<string, boolean>();
  let until = Number.POSITIVE_INFINITY;

  const isOver = (): boolean =>
    ended !== undefined ||
    undecidedInARow >= limits.undecidedInARow ||
    (broken !== undefined && tries >= limits.tries) ||
    performance.now() > until;

  /** Whether the tenant kept the contract, or nothing is known of it. */
  const holds = async (sequence: Step[]): Promise<boolean> => {
    if (isOver()) return true;
    const text = JSON.stringify(sequence);
    const known = tried.get(text);
    if (known !== undefined) return known;
    const isHeld = await tryOut(sequence);
    // While it shrinks, fast-check comes back to what it has tried: nobody needs to send that twice.
    if (broken !== undefined) tried.set(text, isHeld);
    return isHeld;
  };

  const tryOut = async (sequence: Step[]): Promise<boolean> => {
    const isFirst = broken === undefined;
    if (!isFirst) tries += 1;
    try {
      const played = await player.play(sequence);
      if (isFirst) addPlayed(tally, played);
      undecidedInARow = played.undecided === undefined ? 0 : undecidedInARow + 1;
      if (played.broken === undefined) return true;
      broken = played.broken;
      if (isFirst) until = performance.now() + limits.shrinking;
      return false;
    } catch (error) {
      // fast-check would take it for a failure, and go on writing.
      ended = error;
      return true;
    }
  };

  await fc.check(fc.asyncProperty(sequencesOf(fc, release), holds), { seed, numRuns: options.sequences });
  if (ended !== undefined) throw ended;
  if (broken === undefined) return tally;
  const retried = await retry(player, broken);
  throw new FuzzError(broken, retried, describeTally(tally));
};
