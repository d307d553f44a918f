/** How the client handles a misbehaving server: the faults of `catalogue/` and the ambiguous writes of `ambiguous/`. */
import { describe, expect, test } from 'vitest';
import * as client from '../../src/client/index.ts';
import * as raw from '../../src/client/raw.ts';
import { accidents, cells, nameOf } from './ambiguous/cells.ts';
import { runCell } from './ambiguous/run.ts';
import { faultGroups } from './catalogue/index.ts';
import { judge } from './judge.ts';
import { runFault } from './run.ts';

const patience = 10_000;

describe.each(faultGroups)('$title', ({ faults }) => {
  test.each(faults.map((fault) => ({ fault, name: fault.name })))('$name', async ({ fault }) => {
    expect(judge(fault, await runFault(fault, { ...client, ...raw }, patience))).toEqual([]);
  });
});

/** Writes whose outcome the client does not learn, on a conforming tenant. */
describe.each(accidents)('%s', (accident) => {
  const ofAccident = cells.filter((cell) => cell.accident === accident);
  test.each(ofAccident.map((cell) => ({ cell, name: nameOf(cell) })))('$name', async ({ cell }) => {
    expect(await runCell(cell, { ...client, ...raw }, patience)).toEqual([]);
  });
});

test('the table has every combination once', () => {
  const combinations = new Set(
    cells.map(({ accident, commit, method, guarded, other }) =>
      [accident, commit, method, guarded, other].join(),
    ),
  );
  expect(combinations.size).toBe(4 * 2 * 3 * 2 * 3);
  expect(cells).toHaveLength(combinations.size);
});
