/** The mock answers every recorded exchange and script as the real tenant did, but for the listed exceptions. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import '../src/runner/compile-cache.test-helper.ts';
import { parityPage, replayAllScripts, replayExchanges, surprises } from './parity/index.ts';

test('the mock agrees with every recording, each exception is one still, and the page says so', async () => {
  const exchanges = await replayExchanges();
  const scripts = await replayAllScripts();
  const agreements = [...(exchanges.get('the mock')?.values() ?? [])];
  expect(agreements.map(({ size }) => size)).toEqual([93, 93, 93]);
  expect([...scripts.values()].map(({ size }) => size)).toEqual([163, 163, 168]);
  expect(surprises(exchanges, scripts)).toEqual([]);
  const page = readFileSync(new URL('../docs/mock-parity.md', import.meta.url), 'utf8');
  expect(parityPage(exchanges, scripts)).toBe(page);
}, 300_000);
