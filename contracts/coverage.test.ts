/** No empty green: what the document names is shown by a case on each target, or waived with a reason. */
import { afterAll, describe, expect, test } from 'vitest';
import { senderOf } from '../src/contract/environment.ts';
import { documented, gapsOf, loadCases, loadWaivers, openTargets } from '../src/contract/index.ts';
import { openTenant } from '../src/contract/targets/tenant.ts';
import { createConformingTenant, recordedReleases, serve } from './conforming/index.ts';

const cases = loadCases();
const waivers = loadWaivers();
const targets = await openTargets({ targets: ['mock', 'recordings'], allowDisruptive: false });
for (const release of recordedReleases) {
  const tenant = createConformingTenant({ release });
  const served = await serve(tenant);
  const sender = senderOf({
    LOGTO_ENDPOINT: served.url,
    LOGTO_APP_ID: tenant.clients.withRole.id,
    LOGTO_APP_SECRET: tenant.clients.withRole.secret,
  });
  const target = await openTenant({ sender, allowDisruptive: false });
  targets.push({ ...target, name: `tenant ${release}`, close: () => served.close() });
}
afterAll(() => Promise.all(targets.map((target) => target.close())));

describe.each(targets.map((target) => ({ name: target.name, target })))('$name', ({ target }) => {
  test('shows each status and each variant, or says why not', () => {
    expect(gapsOf(target, cases, waivers).missing).toEqual([]);
  });

  test('needs each of its waivers', () => {
    expect(gapsOf(target, cases, waivers).needless).toEqual([]);
  });

  test('would miss a rule that no case showed', () => {
    const without = cases.filter(({ request }) => request.operation !== 'ListJwtCustomizers');
    expect(gapsOf(target, without, waivers).missing).toContain('ListJwtCustomizers 200');
  });
});

test('a waiver is of a target that there is, of something documented, and has a reason', () => {
  for (const { target, names, reason } of waivers) {
    expect(['mock', 'recordings', 'tenant']).toContain(target);
    expect(documented()).toContain(names);
    expect(reason.length).toBeGreaterThan(10);
  }
});
