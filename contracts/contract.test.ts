/** vitest's way in: `npm run contract`, or `logto-jwt-customizer contract` where the package is installed. */
import { afterAll, describe, inject, test } from 'vitest';
import {
  assertConforms,
  casesOf,
  describeExchange,
  fuzzName,
  fuzzTarget,
  judge,
  lastSeenOf,
  openTargets,
} from '../src/contract/index.ts';

const plan = inject('contract');
const cases = casesOf(plan);
const { fuzz, shard } = plan;

for (const target of await openTargets(plan))
  describe(target.name, () => {
    afterAll(() => target.close());
    for (const written of cases)
      test(written.name, async ({ skip, task }) => {
        task.meta.release = target.release.name;
        const reason = target.cannotShow(written);
        if (reason !== undefined) skip(reason);
        const contract = target.prepare(written);
        const exchange = await target.exchange(contract);
        task.meta.status = exchange.status;
        task.meta.lastSeen = lastSeenOf(exchange);
        const findings = (target.judge ?? judge)(contract, exchange);
        if (plan.keepExchanges) task.meta.exchange = describeExchange(contract, exchange, findings);
        assertConforms(contract, exchange, findings);
        const note = target.note?.(contract, exchange);
        if (note !== undefined) task.meta.note = note;
      });
    if (fuzz !== undefined && target.name === 'tenant' && (shard?.index ?? 1) === 1)
      test(fuzzName, { timeout: 0 }, async ({ skip, task }) => {
        const { note, status, undecided } = await fuzzTarget(target, {
          ...fuzz,
          seen: (after) => {
            task.meta.lastSeen = lastSeenOf({ after });
          },
        });
        task.meta.note = note;
        if (status !== undefined) task.meta.status = status;
        if (undecided !== undefined) skip(undecided);
      });
  });
