import { describe, expect, it } from 'vitest';
import { accessToken, fakeTenant } from './fake-tenant.test-helper.ts';

const right = {
  grant_type: 'client_credentials',
  client_id: 'with',
  client_secret: 'right',
  resource: 'https://default.logto.app/api',
  scope: 'all',
};

const request = (form: Record<string, string>, authorization?: string) => {
  const tenant = fakeTenant();
  const raw = new URLSearchParams(form).toString();
  return { tenant, answer: tenant.send('POST', '/oidc/token', { raw, headers: { authorization } }) };
};

describe('a token', () => {
  it('is granted for an hour and lets in', async () => {
    const { tenant, answer } = request(right);
    const { body } = await answer;
    expect(body).toEqual({
      access_token: expect.any(String),
      expires_in: 3600,
      token_type: 'Bearer',
      scope: 'all',
    });
    const authorization = `Bearer ${(body as { access_token: string }).access_token}`;
    expect((await tenant.send('GET', accessToken, { headers: { authorization } })).status).toBe(404);
  });

  it.each([
    ['without the role', { ...right, client_id: 'without' }],
    ['without asking for the scope', { ...right, scope: '' }],
  ])('%s is granted and lets nobody in', async (_, form) => {
    const { tenant, answer } = request(form);
    const { status, body } = await answer;
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('scope');
    const authorization = `Bearer ${(body as { access_token: string }).access_token}`;
    expect((await tenant.send('GET', accessToken, { headers: { authorization } })).status).toBe(403);
  });

  it('is granted by HTTP Basic, whose id and secret are form-encoded', async () => {
    const { client_id: _, client_secret: __, ...form } = right;
    expect((await request(form, `Basic ${btoa('w%69th:right')}`).answer).status).toBe(200);
    expect((await request(form, `Basic ${btoa('with:wrong')}`).answer).status).toBe(401);
    expect((await request(form, 'Basic %%%').answer).status).toBe(400);
  });
});

it.each([
  [
    'a wrong secret',
    { ...right, client_secret: 'wrong' },
    401,
    'invalid_client',
    'client authentication failed',
  ],
  ['an unknown client', { ...right, client_id: 'nope' }, 400, 'invalid_client', 'invalid client nope'],
  [
    'an unknown resource',
    { ...right, resource: 'https://wrong.example/api' },
    400,
    'invalid_target',
    'resource indicator is missing, or unknown',
  ],
  [
    'no resource',
    { ...right, resource: '' },
    400,
    'invalid_target',
    'both `resource` and `organization_id` are not provided',
  ],
  [
    'another grant',
    { ...right, grant_type: 'password' },
    400,
    'unsupported_grant_type',
    'unsupported grant_type requested',
  ],
])('%s is refused', async (_, form, status, error, error_description) => {
  expect(await request(form).answer).toMatchObject({
    status,
    body: { code: `oidc.${error}`, error, error_description },
  });
});

it('judges the client before the grant', async () => {
  expect((await request({ client_id: 'with', client_secret: 'wrong' }).answer).status).toBe(401);
});
