/** The order of a tenant's checks, and behaviour that no recording shows. */
import { describe, expect, it } from 'vitest';
import type { Scripts } from '../../src/tenant/index.ts';
import { type ConformingOptions, createConformingTenant } from './tenant.ts';

interface Request {
  body?: unknown;
  raw?: string | Uint8Array;
  headers?: Record<string, string | undefined>;
}

/** A tenant whose scripts do nothing. */
const fakeTenant = (options: Partial<ConformingOptions> = {}) => {
  const tenant = createConformingTenant({
    release: '1.43',
    scripts: {
      test: async ({ script }) => ({ status: 200, claims: { script } }),
      issue: async ({ script }) => ({ status: 200, claims: { script } }),
    },
    ...options,
  });
  const authorization = `Bearer ${tenant.tokens.issue(['all'])}`;
  return Object.assign(tenant, {
    send: async (method: string, path: string, { body, raw, headers }: Request = {}) => {
      const response = await tenant.handle({
        method,
        path,
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: raw ?? (body === undefined ? '' : JSON.stringify(body)),
      });
      const isJson = response.headers['content-type']?.includes('json') && response.body !== '';
      return {
        ...response,
        body: isJson ? (JSON.parse(response.body) as unknown) : response.body,
        text: response.body,
      };
    },
  });
};

const accessToken = '/api/configs/jwt-customizer/access-token';

const testing = (test: Scripts['test']): Scripts => ({ test, issue: async () => ({ status: 500 }) });

describe('POST /test', () => {
  const test = '/api/configs/jwt-customizer/test';
  const body = { tokenType: 'access-token', script: 's', token: {}, context: { user: {} } };

  it.each([
    ['1.35', { message: 'no', code: 'AccessDenied' }],
    ['1.36', { message: 'no', error: { code: 'AccessDenied', message: 'no' } }],
  ])('reports a denial in the format of %s', async (release, data) => {
    const tenant = fakeTenant({
      release,
      scripts: testing(async () => ({ status: 403, message: 'no' })),
    });
    expect(await tenant.send('POST', test, { body })).toMatchObject({
      status: 403,
      body: { code: 'jwt_customizer.general', data },
    });
  });

  it('does not run a script that the guard refuses', async () => {
    const tenant = fakeTenant({
      scripts: testing(async () => {
        throw new Error('it ran');
      }),
    });
    expect(await tenant.send('POST', test, { body: { script: 's' } })).toMatchObject({ status: 400 });
  });
});

describe('the order of the checks', () => {
  const large = { raw: new Uint8Array(1_048_577) };
  const notJson = { raw: '{' };
  const anonymous = { headers: { authorization: '' } };
  const idToken = '/api/configs/jwt-customizer/id-token';

  it.each([
    ['a path without the method, before the token', 'POST', accessToken, anonymous, 405],
    ['an unknown path, before the token', 'PATCH', '/api/nothing', anonymous, 404],
    ['a missing token, before the size', 'PATCH', accessToken, { ...large, ...anonymous }, 401],
    ['the size, before the token type', 'PATCH', idToken, large, 404],
    ['JSON, before the token type', 'PATCH', idToken, notJson, 400],
    ['the token type, before the body', 'PATCH', idToken, { body: {} }, 400],
    ['the body, before existence', 'PATCH', accessToken, { body: {} }, 400],
    ['existence, before storage', 'PATCH', accessToken, { body: { script: '\0' } }, 404],
  ])('%s', async (_, method, path, request, status) => {
    expect((await fakeTenant().send(method, path, request)).status).toBe(status);
  });

  it('validates the path before the body, but after parsing JSON', async () => {
    const tenant = fakeTenant();
    expect((await tenant.send('PATCH', idToken, notJson)).body).not.toHaveProperty('code');
    expect((await tenant.send('PATCH', idToken, { body: {} })).body).toMatchObject({
      message: 'The request params is invalid.',
    });
  });
});

it('has a unique Logto-Core-Request-Id for every response, including refusals', async () => {
  const tenant = fakeTenant();
  const ids = await Promise.all(
    [accessToken, '/nowhere', '/oidc/token'].map(
      async (path) => (await tenant.send('POST', path)).headers['logto-core-request-id'],
    ),
  );
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{16}$/);
});

it('requires a release that it can compare', () => {
  expect(() => fakeTenant({ release: 'newest' })).toThrow('"newest" is not a release of Logto');
});

it('responds to a read with 304 and no body if the caller has the content', async () => {
  // contracts/recordings/conditional.jsonl, "a read answers an ETag".
  const etag = '"36-bzUtCDZbuCTpD0rByI8PIreyy6A"';
  const customizers = { 'access-token': { environmentVariables: { A: '1' }, script: '// one\n' } };
  const tenant = fakeTenant({ customizers });
  const response = await tenant.send('GET', accessToken, { headers: { 'if-none-match': etag } });
  expect(response).toMatchObject({ status: 304, text: '', headers: { etag } });
  expect(response.headers).not.toHaveProperty('content-type');
});

const right = {
  grant_type: 'client_credentials',
  client_id: 'm2m-with-role',
  client_secret: 'right',
  resource: 'https://default.logto.app/api',
  scope: 'all',
};

const formType = 'application/x-www-form-urlencoded';

const requestToken = (form: Record<string, string>, authorization?: string) => {
  const tenant = fakeTenant({ secret: 'right' });
  const raw = new URLSearchParams(form).toString();
  return {
    tenant,
    response: tenant.send('POST', '/oidc/token', {
      raw,
      headers: { authorization, 'content-type': formType },
    }),
  };
};

describe('a token', () => {
  it('is granted without a requested scope but gives no access', async () => {
    const { tenant, response } = requestToken({ ...right, scope: '' });
    const { status, body } = await response;
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('scope');
    const authorization = `Bearer ${(body as { access_token: string }).access_token}`;
    expect((await tenant.send('GET', accessToken, { headers: { authorization } })).status).toBe(403);
  });

  it('is granted through HTTP Basic, with form-encoded id and secret', async () => {
    const { client_id: _, client_secret: __, ...form } = right;
    expect((await requestToken(form, `Basic ${btoa('m2m-w%69th-role:right')}`).response).status).toBe(200);
    expect((await requestToken(form, `Basic ${btoa('m2m-with-role:wrong')}`).response).status).toBe(401);
    expect((await requestToken(form, 'Basic %%%').response).status).toBe(400);
  });
});

it('refuses another grant type', async () => {
  expect(await requestToken({ ...right, grant_type: 'password' }).response).toMatchObject({
    status: 400,
    body: { code: 'oidc.unsupported_grant_type', error_description: 'unsupported grant_type requested' },
  });
});

it('checks the client before the grant', async () => {
  expect((await requestToken({ client_id: 'm2m-with-role', client_secret: 'wrong' }).response).status).toBe(
    401,
  );
});
