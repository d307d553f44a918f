import {
  type Customizers,
  createTenant,
  type Rules,
  type Tenant,
  type TenantClient,
} from '../../src/tenant/index.ts';
import { schemas, swaggerOf } from './document.ts';
import { officialGuards } from './guards.ts';
import { scriptsOf } from './scripts.ts';

export interface ConformingOptions {
  /** From `1.28` to `1.43`. */
  release: string;
  /** @default nothing is stored */
  customizers?: Customizers;
  /** For a tenant that is wrong on purpose. */
  rules?: Partial<Rules>;
  /** Awaited by every write between its read and its write. */
  pause?: () => Promise<void>;
  /**
   * Milliseconds after which an endless script is stopped, whatever the answer says.
   * @default 2000
   */
  scriptTimeout?: number;
  /**
   * The client secret of both applications.
   * @default of-this-test-alone
   */
  secret?: string;
}

/** A tenant that conforms, with what a client of it must know. */
export interface ConformingTenant extends Tenant {
  release: string;
  resource: string;
  clients: { withRole: TenantClient; withoutRole: TenantClient };
  /** The text of `GET /api/swagger.json`. */
  swagger: string;
}

const resource = 'https://default.logto.app/api';

const clientsOf = (secret: string) => ({
  withRole: { id: 'm2m-with-role', secret, hasRole: true },
  withoutRole: { id: 'm2m-without-role', secret, hasRole: false },
});

/**
 * The model with the guards that Logto's own server runs. The proof of that is `contracts/conforming/conforming.test.ts`.
 *
 * @throws {Error} when `release` is not written as in `1.42`.
 */
export const createConformingTenant = (options: ConformingOptions): ConformingTenant => {
  const { release, scriptTimeout = 2_000, secret = 'of-this-test-alone', ...others } = options;
  const clients = clientsOf(secret);
  const tenant = createTenant({
    ...others,
    release,
    guards: officialGuards,
    schemas,
    scripts: scriptsOf(release, scriptTimeout),
    clients: Object.values(clients),
    resource,
  });
  return Object.assign(tenant, { release, resource, clients, swagger: swaggerOf(release) });
};
