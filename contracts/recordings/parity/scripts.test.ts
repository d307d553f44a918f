/** The mock runs recorded scripts as the real tenant did, except for listed exceptions. */
import { expect, test } from 'vitest';
import { scriptReleases } from '../scripts/recorded.ts';
import { replayScriptsByMock, scriptSurprises } from './report.ts';

test('the mock agrees with the recorded scripts, and each exception still applies', async () => {
  const scripts = await replayScriptsByMock();
  expect([...scripts.keys()]).toEqual(scriptReleases);
  for (const { size } of scripts.values()) expect(size).toBeGreaterThan(0);
  expect(scriptSurprises(scripts)).toEqual([]);
}, 300_000);
