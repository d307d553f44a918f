/** The mock responds to every recorded request as the real tenant did, except for listed exceptions. */
import { expect, test } from 'vitest';
import { recordedReleases } from '../../conforming/index.ts';
import { exchangeSurprises, parityPage, replayExchanges } from './report.ts';

test('the mock agrees with every recorded exchange, each exception still applies, and the page is fresh', async () => {
  const exchanges = await replayExchanges();
  const agreements = exchanges.get('the mock') ?? new Map();
  expect([...agreements.keys()]).toEqual(recordedReleases);
  for (const { size } of agreements.values()) expect(size).toBeGreaterThan(0);
  expect(exchangeSurprises(exchanges)).toEqual([]);
  await expect(
    parityPage(exchanges),
    'docs/mock-parity.md is stale: run `npm run regenerate`',
  ).toMatchFileSnapshot('../../../docs/mock-parity.md');
}, 60_000);
