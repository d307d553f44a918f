/** Writes whose outcome the client is not told, on a tenant that conforms: the table is in `ambiguous/cells.ts`. */
import { describe, expect, test } from 'vitest';
import * as client from '../../src/client/index.ts';
import * as raw from '../../src/client/raw.ts';
import { accidents, cells, nameOf } from './ambiguous/cells.ts';
import { runCell } from './ambiguous/run.ts';

const patience = 10_000;

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
