/** No empty green: what the document names is shown by a case on each target, or waived with a reason. */
import { afterAll, describe, expect, test } from 'vitest';
import { documented, gapsOf, loadCases, loadWaivers, openTargets } from '../src/contract/index.ts';
import { openConforming, recordedReleases } from './conforming/index.ts';

const cases = loadCases();
const waivers = loadWaivers();
const targets = await openTargets({ targets: ['prism', 'mock', 'recordings'], allowDisruptive: false });
for (const release of recordedReleases)
  targets.push({ ...(await openConforming(release, false)), name: `tenant ${release}` });
afterAll(() => Promise.all(targets.map((target) => target.close())));

describe.each(targets.map((target) => ({ name: target.name, target })))('$name', ({ target }) => {
  test('shows each status and each variant, or says why not', () => {
    expect(gapsOf(target, cases, waivers).missing).toEqual([]);
  });

  test('would miss a rule that no case showed', () => {
    const without = cases.filter(({ request }) => request.operation !== 'ListJwtCustomizers');
    expect(gapsOf(target, without, waivers).missing).toContain('ListJwtCustomizers 200');
  });
});

test.each(['prism', 'mock', 'recordings', 'tenant'])('each waiver of %s is needed by one of them', (kind) => {
  const needless = targets
    .filter(({ name }) => name.split(' ')[0] === kind)
    .map((target) => new Set(gapsOf(target, cases, waivers).needless));
  const waived = waivers.filter(({ target }) => target === kind).map(({ names }) => names);
  expect(waived.filter((names) => needless.every((of) => of.has(names)))).toEqual([]);
});

test('a waiver is of a target that there is, of something documented, and has a reason', () => {
  for (const { target, names, reason } of waivers) {
    expect(['prism', 'mock', 'recordings', 'tenant']).toContain(target);
    expect(documented()).toContain(names);
    expect(reason.length).toBeGreaterThan(10);
  }
});
