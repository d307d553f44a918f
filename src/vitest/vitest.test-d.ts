/** Never run: the type check is the test. */
import { test as base, expect } from 'vitest';
import type { JwtCustomizerClient } from '../client/index.ts';
import type { Mock } from '../mock/index.ts';
import { type MockTenant, mockTenant } from './index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare const exactly: <A, B>(...same: Equal<A, B> extends true ? [] : [never]) => void;

export const fixture = (): void => {
  const test = base.extend(
    'tenant',
    mockTenant({ seed: { 'access-token': { script: '' } }, release: '1.42' }),
  );
  test('the tenant is typed', ({ tenant }) => {
    exactly<typeof tenant, MockTenant>();
    exactly<typeof tenant.customizers, JwtCustomizerClient>();
    const mock: Mock = tenant;
    return mock.close();
  });
  // @ts-expect-error: there is no such fixture
  test('another fixture', ({ mock }) => mock);
  test.override('tenant', mockTenant());
  test.extend('url', ({ tenant }) => tenant.url)('for fixtures made of it, too', ({ url }) =>
    exactly<typeof url, string>(),
  );
  // The only form of vitest 3.
  base.extend<{ tenant: MockTenant }>({ tenant: mockTenant() })('typed as it says', ({ tenant }) =>
    exactly<typeof tenant, MockTenant>(),
  );
  // @ts-expect-error: two tests would want the same port
  mockTenant({ port: 4010 });
  // @ts-expect-error: two tests would write the same file
  mockTenant({ stateFile: 'state.json' });
  // @ts-expect-error: not an option
  mockTenant({ sed: {} });
};

export const matcher = async (response: Response): Promise<void> => {
  const asserted = expect(response).toSatisfyContract('UpdateJwtCustomizer', 'access-token');
  exactly<typeof asserted, Promise<void>>();
  await expect(response).not.toSatisfyContract('ListJwtCustomizers');
  await expect(fetch('')).resolves.toSatisfyContract('GetJwtCustomizer', 'client-credentials');
  // @ts-expect-error: not an operation
  await expect(response).toSatisfyContract('updateJwtCustomizer');
  // @ts-expect-error: not a token type
  await expect(response).toSatisfyContract('UpdateJwtCustomizer', 'access_token');
  // @ts-expect-error: the operation is missing
  await expect(response).toSatisfyContract();
};
