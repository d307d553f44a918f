import type { Played } from './player.ts';

/** What a run of the fuzzer came to, its tries at shrinking aside. */
export interface Tally {
  seed: number;
  /** Sequences that were asked for. */
  asked: number;
  /** Sequences that were begun: fewer after a failure, and when a tenant was left alone. */
  sequences: number;
  /** Steps that were decided: kept or broken. */
  steps: number;
  /** Sequences that were given up, by why: a status, or that there was no answer. */
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
