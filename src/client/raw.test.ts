import { describe, expect, test } from 'vitest';
import { json, startTenant } from './local-tenant.test-helper.ts';
import { createRawClient } from './raw.ts';

const tokenRequest = {
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: { grant_type: 'client_credentials', client_id: 'id' },
} as const;

describe('the raw client', () => {
  test('puts a token on requests to the API, not on those to the token endpoint', async () => {
    const tenant = await startTenant();
    let asked = 0;
    const getToken = async () => {
      asked += 1;
      return `own-${asked}`;
    };
    const raw = createRawClient({ endpoint: `${tenant.endpoint}/`, getToken });
    await raw.POST('/oidc/token', tokenRequest);
    await raw.GET('/api/configs/jwt-customizer');
    await raw.GET('/api/configs/jwt-customizer/{tokenTypePath}', {
      params: { path: { tokenTypePath: 'access-token' } },
    });
    expect(tenant.tokenRequests.map(({ headers }) => headers['authorization'])).toEqual([undefined]);
    expect(tenant.calls.map(({ url, headers }) => [url, headers['authorization']])).toEqual([
      ['/api/configs/jwt-customizer', 'Bearer own-1'],
      ['/api/configs/jwt-customizer/access-token', 'Bearer own-2'],
    ]);
  });

  test('answers a refusal instead of throwing it, and sends no token of its own', async () => {
    const tenant = await startTenant(() => json(401, { code: 'auth.authorization_header_missing' }));
    const { response, error } = await createRawClient({ endpoint: tenant.endpoint }).GET(
      '/api/configs/jwt-customizer',
    );
    expect(response.status).toBe(401);
    expect(error).toEqual({ code: 'auth.authorization_header_missing' });
    expect(tenant.calls[0]?.headers['authorization']).toBeUndefined();
  });

  test('refuses an endpoint that is no URL', () => {
    expect(() => createRawClient({ endpoint: 'localhost:3001' })).toThrow('`endpoint`');
  });
});
