/** Logto's official client, unmodified, calls all six operations of the mock. */
import { createManagementApi } from '@logto/api/management';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Mock, startMock } from '../src/mock/index.ts';

const credentials = { clientId: 'official', clientSecret: 'of-this-test-alone' };
const script = 'const getCustomJwtClaims = async ({ token }) => ({ plan: "pro", app: token.clientId });';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ clients: [{ id: credentials.clientId, secret: credentials.clientSecret }] });
});
afterAll(() => mock.close());

const item = '/api/configs/jwt-customizer/{tokenTypePath}';
const params = { path: { tokenTypePath: 'client-credentials' } } as const;

test('put, get, patch, list, test and delete', async () => {
  const { apiClient } = createManagementApi('default', { ...credentials, baseUrl: mock.url });
  // Its types come from a tenant's own document, which does not describe the bodies.
  const body = (fields: object) => fields as Record<string, unknown>;

  const put = await apiClient.PUT(item, { params, body: body({ script }) });
  expect(put.response.status).toBe(201);
  expect(put.data).toEqual({ script });

  const environmentVariables = { PLAN: 'pro' };
  const patched = await apiClient.PATCH(item, { params, body: body({ script, environmentVariables }) });
  expect(patched.data).toEqual({ script, environmentVariables });
  expect((await apiClient.GET(item, { params })).data).toEqual({ script, environmentVariables });
  expect((await apiClient.GET('/api/configs/jwt-customizer')).data).toEqual([
    { key: 'jwt.clientCredentials', value: { script, environmentVariables } },
  ]);

  const token = { jti: 'j', aud: 'a', clientId: 'sample', kind: 'ClientCredentials' };
  const tested = await apiClient.POST('/api/configs/jwt-customizer/test', {
    body: { tokenType: 'client-credentials', script, token, context: {} } as never,
  });
  expect(tested.response.status).toBe(200);
  expect(tested.data).toEqual({ plan: 'pro', app: 'sample' });

  expect((await apiClient.DELETE(item, { params })).response.status).toBe(204);
  expect(mock.state()).toEqual({});
  const missing = await apiClient.GET(item, { params });
  expect(missing.response.status).toBe(404);
  expect(missing.error).toMatchObject({ code: 'entity.not_exists_with_id' });
  expect(mock.requests().map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
    'POST /oidc/token 200',
    'PUT /api/configs/jwt-customizer/client-credentials 201',
    'PATCH /api/configs/jwt-customizer/client-credentials 200',
    'GET /api/configs/jwt-customizer/client-credentials 200',
    'GET /api/configs/jwt-customizer 200',
    'POST /api/configs/jwt-customizer/test 200',
    'DELETE /api/configs/jwt-customizer/client-credentials 204',
    'GET /api/configs/jwt-customizer/client-credentials 404',
  ]);
});
