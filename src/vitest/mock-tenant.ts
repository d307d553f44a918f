import { createJwtCustomizerClient, type JwtCustomizerClient } from '../client/index.ts';
import { type Mock, type MockOptions, startMock } from '../mock/index.ts';

/** The mock's options, without those that two tests could share: its address and its file. */
export type MockTenantOptions = Omit<MockOptions, 'host' | 'port' | 'stateFile'>;

/** A mock tenant that belongs to one test. */
export interface MockTenant extends Mock {
  /** A client of this tenant, with all permissions. */
  customizers: JwtCustomizerClient;
}

type Use = (tenant: MockTenant) => Promise<void>;
type OnCleanup = (cleanup: () => Promise<void>) => void;

/** Vitest calls this for each test: in the object form with `use`, in the builder form with `onCleanup`. */
export interface MockTenantFixture {
  (context: object, use: Use): Promise<void>;
  (context: object, fixture: { onCleanup: OnCleanup }): Promise<MockTenant>;
}

/**
 * A vitest fixture: each test that uses it gets its own tenant, which is closed after the test.
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
 * In TypeScript, specify the type: `base.extend<{ tenant: MockTenant }>({ tenant: mockTenant() })`. From vitest 4.1 on,
 * `base.extend('tenant', mockTenant())` infers it.
 * @param options - the options of each tenant. `test.override({ tenant: mockTenant({ … }) })` (`test.scoped` before
 * vitest 4.1) changes them for a suite.
 * @throws {Error} in the test, like `startMock`, if an option is invalid or `jose` is not installed
 */
export const mockTenant = (options: MockTenantOptions = {}): MockTenantFixture => {
  // biome-ignore lint/correctness/noEmptyPattern: vitest parses this pattern in the source to find the fixtures that are needed
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
