import { createJwtCustomizerClient, type JwtCustomizerClient } from '../client/index.ts';
import { type Mock, type MockOptions, startMock } from '../mock/index.ts';

/** The mock's options, without those by which two tests could meet: its address and its file. */
export type MockTenantOptions = Omit<MockOptions, 'host' | 'port' | 'stateFile'>;

/** A mock of a tenant that one test has for itself. */
export interface MockTenant extends Mock {
  /** A client of this tenant, which may do everything. */
  customizers: JwtCustomizerClient;
}

type Use = (tenant: MockTenant) => Promise<void>;
type OnCleanup = (cleanup: () => Promise<void>) => void;

/** What vitest calls for each test: in the object form with `use`, in the builder form with `onCleanup`. */
export interface MockTenantFixture {
  (context: object, use: Use): Promise<void>;
  (context: object, fixture: { onCleanup: OnCleanup }): Promise<MockTenant>;
}

/**
 * A vitest fixture: each test that uses it gets a tenant of its own, which is closed after the test.
 *
 * @example
 * ```js
 * import { test as base } from 'vitest';
 * import { mockTenant } from 'logto-jwt-customizer/vitest';
 *
 * const test = base.extend({ tenant: mockTenant({ seed: { 'access-token': { script: '' } } }) });
 *
 * test('…', async ({ tenant }) => {
 *   await tenant.customizers.get('access-token');
 * });
 * ```
 *
 * In TypeScript name the type: `base.extend<{ tenant: MockTenant }>({ tenant: mockTenant() })`. From vitest 4.1 on
 * `base.extend('tenant', mockTenant())` infers it.
 * @param options - what each tenant starts from. `test.override({ tenant: mockTenant({ … }) })`, before vitest 4.1
 * `test.scoped`, changes it for a suite.
 * @throws {Error} in the test, when an option is wrong or `jose` is not installed, as `startMock` does
 */
export const mockTenant = (options: MockTenantOptions = {}): MockTenantFixture => {
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads off this pattern, in the source, which fixtures are needed
  const fixture = async ({}, given: Use | { onCleanup: OnCleanup }): Promise<MockTenant> => {
    const mock = await startMock(options);
    const customizers = createJwtCustomizerClient({ endpoint: mock.url, getToken: () => mock.token() });
    const tenant = { ...mock, customizers };
    if (typeof given === 'function') {
      await given(tenant);
      await mock.close();
    } else given.onCleanup(() => mock.close());
    return tenant;
  };
  return fixture as MockTenantFixture;
};
