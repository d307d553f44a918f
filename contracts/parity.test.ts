/** The mock answers every recorded exchange and script as the real tenant did, but for the listed exceptions. */
import { expect, test } from 'vitest';
import '../src/runner/compile-cache.test-helper.ts';
import { replayAllScripts, replayExchanges, surprises } from './parity/index.ts';

test('the mock agrees with every recording, and each exception is one still', async () => {
  const exchanges = await replayExchanges(['the mock']);
  const scripts = await replayAllScripts();
  const agreements = [...(exchanges.get('the mock')?.values() ?? [])];
  expect(agreements.map(({ size }) => size)).toEqual([93, 93, 93]);
  expect([...scripts.values()].map(({ size }) => size)).toEqual([163, 163, 168]);
  expect(surprises(exchanges, scripts)).toEqual([]);
}, 300_000);
