import { describe, expect, it } from 'vitest';
import { accessToken, fakeTenant } from './fake-tenant.test-helper.ts';

const right = {
  grant_type: 'client_credentials',
  client_id: 'm2m-with-role',
  client_secret: 'right',
  resource: 'https://default.logto.app/api',
  scope: 'all',
};

const request = (form: Record<string, string>, authorization?: string) => {
  const tenant = fakeTenant({ secret: 'right' });
  const raw = new URLSearchParams(form).toString();
  return { tenant, answer: tenant.send('POST', '/oidc/token', { raw, headers: { authorization } }) };
};

describe('a token', () => {
  it('without asking for the scope is granted and lets nobody in', async () => {
    const { tenant, answer } = request({ ...right, scope: '' });
    const { status, body } = await answer;
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('scope');
    const authorization = `Bearer ${(body as { access_token: string }).access_token}`;
    expect((await tenant.send('GET', accessToken, { headers: { authorization } })).status).toBe(403);
  });

  it('is granted by HTTP Basic, whose id and secret are form-encoded', async () => {
    const { client_id: _, client_secret: __, ...form } = right;
    expect((await request(form, `Basic ${btoa('m2m-w%69th-role:right')}`).answer).status).toBe(200);
    expect((await request(form, `Basic ${btoa('m2m-with-role:wrong')}`).answer).status).toBe(401);
    expect((await request(form, 'Basic %%%').answer).status).toBe(400);
  });
});

it('is refused for another grant', async () => {
  expect(await request({ ...right, grant_type: 'password' }).answer).toMatchObject({
    status: 400,
    body: { code: 'oidc.unsupported_grant_type', error_description: 'unsupported grant_type requested' },
  });
});

it('judges the client before the grant', async () => {
  expect((await request({ client_id: 'm2m-with-role', client_secret: 'wrong' }).answer).status).toBe(401);
});
