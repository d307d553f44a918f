/** The mock answers every recorded exchange and script as the real tenant did, but for the listed exceptions. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import '../src/runner/compile-cache.test-helper.ts';
import { recordedReleases } from './conforming/index.ts';
import { parityPage, replayAllScripts, replayExchanges, surprises } from './parity/index.ts';

test('the mock agrees with every recording, each exception is one still, and the page says so', async () => {
  const exchanges = await replayExchanges();
  const scripts = await replayAllScripts();
  const agreements = [...(exchanges.get('the mock')?.values() ?? [])];
  expect(agreements).toHaveLength(recordedReleases.length);
  for (const { size } of agreements) expect(size).toBeGreaterThanOrEqual(89);
  expect(scripts.size).toBeGreaterThanOrEqual(3);
  for (const { size } of scripts.values()) expect(size).toBeGreaterThanOrEqual(163);
  expect(surprises(exchanges, scripts)).toEqual([]);
  const page = readFileSync(new URL('../docs/mock-parity.md', import.meta.url), 'utf8');
  expect(parityPage(exchanges, scripts)).toBe(page);
}, 300_000);
