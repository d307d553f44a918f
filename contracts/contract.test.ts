/** vitest's way in: `npm run contract`, or `logto-jwt-customizer contract` where the package is installed. */
import { afterAll, describe, inject, test } from 'vitest';
import { assertConforms, lastSeenOf, loadCases, openTargets } from '../src/contract/index.ts';

const cases = loadCases();

for (const target of await openTargets(inject('contract')))
  describe(target.name, () => {
    afterAll(() => target.close());
    for (const written of cases)
      test(written.name, async ({ skip, task }) => {
        const reason = target.cannotShow(written);
        if (reason !== undefined) skip(reason);
        const contract = target.prepare(written);
        const exchange = await target.exchange(contract);
        task.meta.status = exchange.status;
        task.meta.lastSeen = lastSeenOf(exchange);
        assertConforms(contract, exchange);
      });
  });
