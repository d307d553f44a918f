import { availableParallelism, loadavg } from 'node:os';

/** The interface of the benchmarks of this folder. */

/** One line of the table. */
export interface Row {
  /** What was measured. */
  what: string;
  /** What it was compared with. */
  against?: string;
  /** The figure with its unit. */
  figure: string;
  /** The middle half of the samples, or their range. */
  spread?: string;
  /** The target of the figure, in words. */
  target?: string;
  /** Undefined if there is no target. */
  isReached?: boolean;
}

export interface Result {
  rows: Row[];
  /** Explanations of the table: how the samples were taken, what else a figure includes. */
  notes: string[];
}

export interface Benchmark {
  /** Its name on the command line. */
  name: string;
  title: string;
  /**
   * @param isQuick - takes only enough samples to test the benchmark; its figures mean nothing
   * @throws if the benchmark itself fails; never because of a figure
   */
  run(isQuick: boolean): Promise<Result>;
}

/** The quantile of at least one number. */
export const quantile = (numbers: readonly number[], share: number): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
};

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** The middle half, as text. */
export const middleHalf = (numbers: readonly number[], format: (number: number) => string): string =>
  `${format(quantile(numbers, 0.25))} to ${format(quantile(numbers, 0.75))}`;

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** One turn: does its work a fixed number of times and returns the cost, in a unit that all contestants share. */
export type Turn = () => number | Promise<number>;

export interface Samples {
  /** The samples of every round, by contestant. */
  [name: string]: number[];
}

/** A different order in each round, so that no contestant always follows the same other one. */
const shuffled = <T>(values: readonly T[]): T[] => {
  const rest = [...values];
  return values.map(() => rest.splice(Math.floor(Math.random() * rest.length), 1)[0] as T);
};

export interface InterleaveOptions {
  rounds: number;
  /** Warm-up rounds, which are not counted. */
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
  if (found === undefined) throw new Error(`unknown contestant ${name}`);
  return found;
};

/** The ratio to `baseline`, round by round. */
export const ratios = (samples: Samples, name: string, baseline: string): number[] => {
  const base = samplesOf(samples, baseline);
  return samplesOf(samples, name).map((sample, round) => sample / (base[round] ?? Number.NaN));
};

export const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 2 : 1)} ×`;

/** The median and the middle half of the ratios, as strings and as a number. */
export const compare = (
  samples: Samples,
  name: string,
  baseline: string,
): { ratio: number; figure: string; spread: string } => {
  const all = ratios(samples, name, baseline);
  const ratio = median(all);
  return { ratio, figure: times(ratio), spread: middleHalf(all, times) };
};

/** Makes a turn from a call: the duration of `calls` sequential calls in milliseconds. */
export const turnOf =
  (calls: number, call: () => unknown): Turn =>
  async () => {
    const started = performance.now();
    for (let index = 0; index < calls; index++) await call();
    return performance.now() - started;
  };

const columns: readonly [string, (row: Row) => string][] = [
  ['what', ({ what }) => what],
  ['against', ({ against = '' }) => against],
  ['figure', ({ figure }) => figure],
  ['spread', ({ spread = '' }) => spread],
  ['to reach', ({ target = '' }) => target],
  ['reached', ({ isReached }) => (isReached === undefined ? '' : isReached ? 'yes' : '**no**')],
];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A Markdown table without empty columns. */
const tableOf = (rows: readonly Row[]): string => {
  const used = columns.filter(([, cellOf]) => rows.some((row) => cellOf(row) !== ''));
  const cells = [
    used.map(([heading]) => heading),
    ...rows.map((row) => used.map(([, cellOf]) => cellOf(row).replaceAll('|', '\\|'))),
  ];
  const widths = used.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const [heading = [], ...body] = cells.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)),
  );
  return [line(heading), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
};

/** One benchmark, as Markdown. */
export const sectionOf = (title: string, { rows, notes }: Result): string =>
  [`## ${title}`, tableOf(rows), ...notes].join('\n\n');

/** The load shows how busy the machine was: if it reaches the number of cores, the times are too long. */
export const machine: string = `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} at the start, ${new Date().toISOString().slice(0, 10)}.`;

/** `docs/bench.md`. */
export const page = (done: readonly { title: string; result: Result }[]): string =>
  `${[
    '# Figures',
    'Generated by `npm run bench -- --write`. Do not edit.',
    machine,
    'Machines differ and are noisy, so most figures are ratios of measurements taken alternately in one run. They are medians unless stated otherwise. `npm run bench` measures your machine.',
    ...done.map(({ title, result }) => sectionOf(title, result)),
  ].join('\n\n')}\n`;
