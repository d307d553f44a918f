/** A conforming tenant for tests, which is not published. */

export { recordedReleases } from '../../src/contract/recordings/index.ts';
export { officialGuards, officialRelease } from './guards.ts';
export { type Credentials, comparable, type Recorded, recordedExchanges, toRequest } from './recordings.ts';
export {
  afterWrites,
  type Hook,
  openConforming,
  type RequestKind,
  type Served,
  serve,
  serveTenant,
} from './serve.ts';
export { type ConformingOptions, type ConformingTenant, createConformingTenant } from './tenant.ts';
