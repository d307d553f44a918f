import { availableParallelism, loadavg } from 'node:os';
import type { Result, Row } from './benchmark.ts';

const columns: readonly [string, (row: Row) => string][] = [
  ['what', ({ what }) => what],
  ['against', ({ against = '' }) => against],
  ['figure', ({ figure }) => figure],
  ['spread', ({ spread = '' }) => spread],
  ['to reach', ({ target = '' }) => target],
  ['reached', ({ isReached }) => (isReached === undefined ? '' : isReached ? 'yes' : '**no**')],
];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Columns that are empty throughout are left out. */
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

/** The load says how much else the machine was doing: from the number of cores on, times are too long. */
export const machine: string = `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} at first, ${new Date().toISOString().slice(0, 10)}.`;

/** `docs/bench.md`. */
export const page = (done: readonly { title: string; result: Result }[]): string =>
  `${[
    '# Figures',
    'Made by `npm run bench -- --write`; do not edit.',
    machine,
    'Machines are noisy and differ: figures are ratios of what was measured in turns in one run, medians unless said otherwise. `npm run bench` measures yours.',
    ...done.map(({ title, result }) => sectionOf(title, result)),
  ].join('\n\n')}\n`;
