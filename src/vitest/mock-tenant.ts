import { createJwtCustomizerClient, type JwtCustomizerClient } from '../client/index.ts';
import { type Mock, type MockOptions, startMock } from '../mock/index.ts';

/** The mock's options, without those by which two tests could meet: its address and its file. */
export type MockTenantOptions = Omit<MockOptions, 'host' | 'port' | 'stateFile'>;

/** A mock of a tenant that one test has for itself. */
export interface MockTenant extends Mock {
  /** A client of this tenant, which may do everything. */
  customizers: JwtCustomizerClient;
}

/** What vitest calls for each test. */
export type MockTenantFixture = (
  context: object,
  fixture: { onCleanup: (cleanup: () => Promise<void>) => void },
) => Promise<MockTenant>;

/**
 * A vitest fixture: each test that asks for it gets a tenant of its own, which is closed after the test.
 *
 * @example
 * ```js
 * import { test as base } from 'vitest';
 * import { mockTenant } from 'logto-jwt-customizer/vitest';
 *
 * const test = base.extend('tenant', mockTenant({ seed: { 'access-token': { script: '' } } }));
 *
 * test('…', async ({ tenant }) => {
 *   await tenant.customizers.get('access-token');
 * });
 * ```
 * @param options - what each tenant starts from. `test.override('tenant', mockTenant({ … }))` changes it for a suite.
 * @throws {Error} in the test, when an option is wrong or `jose` is not installed, as `startMock` does
 */
export const mockTenant =
  (options: MockTenantOptions = {}): MockTenantFixture =>
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads off this pattern which fixtures are needed
  async ({}, { onCleanup }) => {
    const mock = await startMock(options);
    onCleanup(() => mock.close());
    const customizers = createJwtCustomizerClient({ endpoint: mock.url, getToken: () => mock.token() });
    return { ...mock, customizers };
  };
