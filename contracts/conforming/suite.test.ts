/** The suite finds nothing wrong with a tenant that conforms: what it finds elsewhere is the tenant's fault. */
import { afterAll, describe, expect, test } from 'vitest';
import { assertConforms, loadCases } from '../../src/contract/index.ts';
import { openConforming, recordedReleases } from './index.ts';

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

for (const release of recordedReleases) {
  const target = await openConforming(release, true);

  describe(`a conforming tenant of ${release}`, () => {
    afterAll(() => target.close());
    const applicable = cases.filter((written) => target.cannotShow(written) === undefined);
    for (const written of applicable)
      test(written.name, async () => {
        const contract = target.prepare(written);
        assertConforms(contract, await target.exchange(contract));
      });
  });
}
