/** The test file of `npm run contract`, and of `logto-jwt-customizer contract` in the installed package. */
import { afterAll, describe, inject, test } from 'vitest';
import {
  assertConforms,
  casesOf,
  describeExchange,
  fingerprint,
  fuzzName,
  fuzzTarget,
  openTargets,
  undecidedReason,
  validate,
} from '../src/contract/index.ts';

const plan = inject('contract');
const cases = casesOf(plan);
const { fuzz, shard } = plan;

/** Only a broken contract fails a case: any other error makes it inconclusive. */
const decide = async (run: () => Promise<void>, skip: (reason: string) => void): Promise<void> => {
  try {
    await run();
  } catch (error) {
    const reason = undecidedReason(error);
    if (reason === undefined) throw error;
    skip(reason);
  }
};

for (const target of await openTargets(plan))
  describe(target.name, () => {
    afterAll(() => target.close());
    for (const written of cases)
      test(written.name, ({ skip, task }) =>
        decide(async () => {
          task.meta.release = target.release.name;
          const reason = target.cannotShow(written);
          if (reason !== undefined) skip(reason);
          const contract = target.prepare(written);
          const exchange = await target.exchange(contract).finally(() => {
            const left = target.left?.();
            if (left !== undefined) task.meta.left = left;
          });
          task.meta.status = exchange.status;
          const findings = (target.validate ?? validate)(contract, exchange);
          if (plan.keepExchanges) task.meta.exchange = describeExchange(contract, exchange, findings);
          assertConforms(contract, exchange, findings);
          const note = target.note?.(contract, exchange);
          if (note !== undefined) task.meta.note = note;
        }, skip),
      );
    if (fuzz !== undefined && target.name === 'tenant' && (shard?.index ?? 1) === 1)
      test(fuzzName, { timeout: 0 }, ({ skip, task }) =>
        decide(async () => {
          const { note, status, undecided, foreign } = await fuzzTarget(target, {
            ...fuzz,
            seen: (after) => {
              const lastSeen = Object.entries(after).map(([type, stored]) => [type, [fingerprint(stored)]]);
              // The next step is unknown here, but what it may store is known.
              task.meta.left = { lastSeen: Object.fromEntries(lastSeen), foreign: [], isCut: true };
            },
          });
          if (foreign !== undefined)
            task.meta.left = { lastSeen: {}, isCut: true, ...task.meta.left, foreign: [foreign] };
          task.meta.note = note;
          if (status !== undefined) task.meta.status = status;
          if (undecided !== undefined) skip(undecided);
        }, skip),
      );
  });
