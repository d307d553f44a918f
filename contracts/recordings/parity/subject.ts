import type { TenantRequest } from '../../../src/tenant/index.ts';
import type { Credentials, Recorded } from '../../conforming/index.ts';

/** What came back, as far as it is compared. */
export interface Answer {
  status: number;
  /** Parsed when it is JSON, else text; `''` when there is none. */
  body: unknown;
}

/** Something that stands for a tenant of one release. */
export interface Subject {
  credentials: Credentials;
  /** Makes what is given be there, where it can. */
  prepare(given: Recorded['given']): Promise<void>;
  ask(request: TenantRequest): Promise<Answer>;
  close(): Promise<void>;
}

/** Of a tenant, with and without the role. */
export const clients = {
  withRole: { id: 'm2m-with-role', secret: 'of-this-test-alone', hasRole: true },
  withoutRole: { id: 'm2m-without-role', secret: 'of-this-test-alone', hasRole: false },
};
