import { describe, expect } from 'vitest';
import { createApi } from '../src/api.js';
import { audience, store, test } from './tenant.js';

/**
 * @param {string} url the tenant's
 * @param {string} token
 */
const call = async (url, token) => {
  const api = createApi(`${url}/oidc`, audience);
  const response = await api(
    new Request('https://orders.example.test/orders', { headers: { authorization: `Bearer ${token}` } }),
  );
  return { status: response.status, body: await response.json() };
};

describe('the API', () => {
  test('knows the plan that the customizer put into the token', async ({ tenant, tokenOf }) => {
    await store(tenant, 'client-credentials', { PLANS: '{"shop":"pro"}' });
    expect(await call(tenant.url, await tokenOf('shop'))).toEqual({
      status: 200,
      body: { client: 'shop', limit: 1000 },
    });
    expect(await call(tenant.url, await tokenOf('visitor'))).toEqual({
      status: 200,
      body: { client: 'visitor', limit: 10 },
    });
  });

  test('knows the plan of a user by the claim of the access-token script', async ({ tenant }) => {
    await store(tenant, 'access-token');
    for (const [user, limit] of [
      ['ada', 1000],
      ['bob', 10],
    ]) {
      const token = await tenant.userToken({ user: String(user), resource: audience });
      expect(await call(tenant.url, token)).toEqual({ status: 200, body: { client: user, limit } });
    }
  });

  test('refuses a token that was issued before the customizer was there', async ({ tenant, tokenOf }) => {
    const token = await tokenOf('shop');
    await store(tenant, 'client-credentials', { PLANS: '{"shop":"pro"}' });
    expect(await call(tenant.url, token)).toEqual({ status: 403, body: { error: 'no plan' } });
  });

  test('refuses a token for another API, and one that was changed', async ({ tenant, tokenOf }) => {
    await store(tenant, 'client-credentials', { PLANS: '{"shop":"pro"}' });
    const refused = { status: 401, body: { error: 'no valid token' } };
    expect(await call(tenant.url, await tenant.token())).toEqual(refused);
    const [header = '', payload = '', signature = ''] = (await tokenOf('shop')).split('.');
    const changed = btoa(atob(payload).replace('"pro"', '"max"')).replaceAll('=', '');
    expect(await call(tenant.url, [header, changed, signature].join('.'))).toEqual(refused);
  });
});
