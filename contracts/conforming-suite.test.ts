/** The suite finds nothing wrong with a tenant that conforms: what it finds elsewhere is the tenant's fault. */
import { afterAll, describe, test } from 'vitest';
import { assertConforms, loadCases } from '../src/contract/index.ts';
import { openConforming, recordedReleases } from './conforming/index.ts';

const cases = loadCases();

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
