/**
 * The contestants take turns within each round, and each is compared with the first one of the same round: what the
 * machine does meanwhile hits all of them. mitata and tinybench finish one contestant before they begin the next, and a
 * machine that others use, too, gives the later ones another speed (a third more or less was seen here).
 */
import { median, middleHalf } from './statistics.ts';

/** One turn: does its work a fixed number of times. Answers what it took, in any unit that all of them share. */
export type Turn = () => number | Promise<number>;

export interface Samples {
  /** Of every round, by contestant. */
  [name: string]: number[];
}

/** Another order every time, so that nobody always follows the same one. */
const shuffled = <T>(values: readonly T[]): T[] => {
  const rest = [...values];
  return values.map(() => rest.splice(Math.floor(Math.random() * rest.length), 1)[0] as T);
};

export interface InterleaveOptions {
  rounds: number;
  /** Rounds before, which are not counted. */
  warmUp: number;
}

export const interleave = async (
  turns: Readonly<Record<string, Turn>>,
  { rounds, warmUp }: InterleaveOptions,
): Promise<Samples> => {
  const samples: Samples = Object.fromEntries(Object.keys(turns).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, turn] of shuffled(Object.entries(turns))) {
      const sample = await turn();
      if (round >= 0) samples[name]?.push(sample);
    }
  }
  return samples;
};

export const samplesOf = (samples: Samples, name: string): number[] => {
  const found = samples[name];
  if (found === undefined) throw new Error(`there is no contestant ${name}`);
  return found;
};

/** How many times what `baseline` took it took, round by round. */
export const ratios = (samples: Samples, name: string, baseline: string): number[] => {
  const base = samplesOf(samples, baseline);
  return samplesOf(samples, name).map((sample, round) => sample / (base[round] ?? Number.NaN));
};

export const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 2 : 1)} ×`;

/** Median and middle half of the ratios, as texts and as a number. */
export const compare = (
  samples: Samples,
  name: string,
  baseline: string,
): { ratio: number; figure: string; spread: string } => {
  const all = ratios(samples, name, baseline);
  const ratio = median(all);
  return { ratio, figure: times(ratio), spread: middleHalf(all, times) };
};

/** Makes a turn of a call: the milliseconds that `calls` of it take, one after another. */
export const turnOf =
  (calls: number, call: () => unknown): Turn =>
  async () => {
    const started = performance.now();
    for (let index = 0; index < calls; index++) await call();
    return performance.now() - started;
  };
