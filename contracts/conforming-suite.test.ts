/** What the suite leaves out on a tenant that conforms; `mutants.test.ts` shows that it finds nothing wrong with one. */
import { expect, test } from 'vitest';
import { loadCases } from '../src/contract/index.ts';
import { openConforming } from './conforming/index.ts';

const cases = loadCases();

test.each([
  ['1.42', 'up to 1.42 it stops the whole server for 3 s: allow it with --allow-disruptive'],
  ['1.43', undefined],
])('a script that stops the whole server is left out where it does: %s', async (release, reason) => {
  const target = await openConforming(release, false);
  const disruptive = cases.filter((written) => written.disruptive);
  expect(disruptive.map((written) => target.cannotShow(written))).toEqual(disruptive.map(() => reason));
  expect(disruptive.length).toBeGreaterThan(0);
  await target.close();
});
