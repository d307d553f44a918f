import type { Case } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import type { Release } from '../releases.ts';
import type { Answer } from '../targets/http.ts';
import { createAsCase } from './as-case.ts';
import { FuzzError, type Retried } from './fuzz-error.ts';
import { type Limits, usualLimits } from './limits.ts';
import { type Break, createPlayer, type Player, UndecidedError } from './player.ts';
import { type Step, sequencesOf } from './step.ts';
import { addPlayed, describeTally, type Tally } from './tally.ts';

export interface FuzzOptions {
  release: Release;
  /** Sends a case's request as it stands: nothing is arranged before, nothing read back after. */
  send(contract: Case): Promise<Answer>;
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
 * Puts, patches, deletes and reads random customizers, one request at a time, and holds every answer to the model of
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
