/** The suite finds nothing wrong with a tenant that conforms: what it finds elsewhere is the tenant's fault. */
import { afterAll, describe, test } from 'vitest';
import { senderOf } from '../src/contract/environment.ts';
import { assertConforms, loadCases } from '../src/contract/index.ts';
import { openTenant } from '../src/contract/targets/tenant.ts';
import { createConformingTenant, recordedReleases, serve } from './conforming/index.ts';

const cases = loadCases();

for (const release of recordedReleases) {
  const tenant = createConformingTenant({ release });
  const served = await serve(tenant);
  const sender = senderOf({
    LOGTO_ENDPOINT: served.url,
    LOGTO_APP_ID: tenant.clients.withRole.id,
    LOGTO_APP_SECRET: tenant.clients.withRole.secret,
  });
  const target = await openTenant({ sender, allowDisruptive: true });

  describe(`a conforming tenant of ${release}`, () => {
    afterAll(() => served.close());
    const applicable = cases.filter((written) => target.cannotShow(written) === undefined);
    for (const written of applicable)
      test(written.name, async () => {
        const contract = target.prepare(written);
        assertConforms(contract, await target.exchange(contract));
      });
  });
}
