import { senderOf } from '../../src/contract/environment.ts';
import type { Target } from '../../src/contract/targets/target.ts';
import { openTenant } from '../../src/contract/targets/tenant.ts';
import { serve } from './serve.ts';
import { createConformingTenant } from './tenant.ts';

/** A conforming tenant over HTTP, as the suite's target, authorized by its real token endpoint. */
export const openConforming = async (release: string, allowDisruptive: boolean): Promise<Target> => {
  const tenant = createConformingTenant({ release });
  const served = await serve(tenant);
  const { id, secret } = tenant.clients.withRole;
  const sender = senderOf({ LOGTO_ENDPOINT: served.url, LOGTO_APP_ID: id, LOGTO_APP_SECRET: secret });
  return { ...(await openTenant({ sender, allowDisruptive })), close: () => served.close() };
};
