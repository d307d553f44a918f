/** A server that responds as a Logto tenant does. */
export type {
  ApplicationType,
  TenantOrganization,
  TenantOrganizationRole,
  TenantUser,
  UserTokenRequest,
} from '../tenant/index.ts';
export { newest } from './document.ts';
export { type PrismOptions, startPrism } from './prism.ts';
export type { RecordedRequest } from './responses.ts';
export { type Mock, type MockClient, type MockOptions, type MockState, startMock } from './start-mock.ts';
