import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { createJwtCustomizerClient, type LogtoJwtCustomizerError } from './index.ts';
import {
  clientSecret,
  errorOf,
  granted,
  json,
  notFound,
  type Received,
  startTenant,
} from './local-tenant.test-helper.ts';

const token = 'planted-access-token';
const variable = 'planted-"variable"\n€';
const customizer = {
  script: 'const getCustomJwtClaims = async () => ({});',
  environmentVariables: { KEY: variable },
};

const planted = [clientSecret, token, variable, JSON.stringify(variable).slice(1, -1), 'planted'];

const expectNoSecret = (error: LogtoJwtCustomizerError): void => {
  for (const text of [
    error.message,
    String(error),
    error.stack ?? '',
    JSON.stringify(error),
    inspect(error, { depth: 20, showHidden: true }),
  ]) {
    for (const secret of planted) expect(text.replaceAll(import.meta.filename, '')).not.toContain(secret);
  }
};

/** A server that repeats everything it receives in the texts of its errors. */
const echo = (status: number) => (request: Received) => {
  const body = request.body.toString();
  const parsed = body.startsWith('{') ? JSON.parse(body).environmentVariables.KEY : '';
  const form = new URLSearchParams(body).get('client_secret');
  const said = `${request.headers['authorization']} ${body} ${parsed} ${form}`;
  return json(status, {
    code: 'jwt_customizer.general',
    message: said,
    error: 'invalid_request',
    error_description: said,
    details: said,
    data: { message: said, issues: [{ path: ['script'], message: said }] },
  });
};

describe('no error contains a secret', () => {
  test.each([400, 401, 403, 404, 422, 500])('when the tenant repeats them with %i', async (status) => {
    const tenant = await startTenant(echo(status), () => granted(token));
    expectNoSecret(await errorOf(tenant.client().update('access-token', customizer)));
  });

  /** The same in the fields of errors: code, pointers, content type and request id. */
  const echoInFields =
    (status: number, type = 'application/json') =>
    (request: Received) => {
      const secret = new URLSearchParams(request.body.toString()).get('client_secret');
      const said = String(request.headers['authorization'] ?? `Basic ${secret}`);
      const escaped = said.replaceAll('-', '\\u002d');
      return {
        status,
        headers: { 'content-type': `${type}; said="${said}"`, 'logto-core-request-id': said },
        body: `{"code":"${escaped}","error":"${escaped}","data":{"code":"${escaped}","claim":"aud","payload":{"aud":"${escaped}"},"issues":[{"path":["${escaped}"]}]},"message":"no"}`,
      };
    };

  test.each([200, 302, 400, 401, 403, 404, 500])('when %i repeats them in its fields', async (status) => {
    for (const type of ['application/json', 'text/html']) {
      const tenant = await startTenant(echoInFields(status, type), () => granted(token));
      const error = await errorOf(tenant.client().update('access-token', customizer));
      expectNoSecret(error);
      expect(JSON.stringify(error)).toContain('[redacted]');
    }
    const refusing = await startTenant(undefined, echoInFields(status));
    expectNoSecret(await errorOf(refusing.client().list()));
  });

  test('when the stored customizer has them in its keys', async () => {
    const tenant = await startTenant(
      ({ headers, body }) =>
        json(200, {
          ...JSON.parse(body.toString()),
          contextSample: { [String(headers['authorization'])]: 1 },
        }),
      () => granted(token),
    );
    for (const validate of [{ response: false }, { response: 'strict' }] as const)
      expectNoSecret(await errorOf(tenant.client({ validate }).put('access-token', customizer)));
  });

  test('nor characters that control a terminal', async () => {
    const tenant = await startTenant(() =>
      json(400, {
        code: 'a\u001b[2J',
        message: '\n::error::no\u009b2J',
        data: { issues: [{ path: ['\u0007'], message: '##[x]' }] },
      }),
    );
    const error = await errorOf(tenant.client().put('access-token', customizer));
    expect(error.message).toBe(
      'PUT /api/configs/jwt-customizer/access-token was refused with 400 a\\u001b[2J: /\\u0007: \\u0023#[x].',
    );
    expect(error).toMatchObject({ code: 'a\\u001b[2J', issues: [{ pointer: '/\\u0007' }] });
  });

  test('when the script throws them', async () => {
    const failed = json(422, { code: 'jwt_customizer.general', data: { message: `no key ${variable}` } });
    const tenant = await startTenant(
      () => failed,
      () => granted(token),
    );
    const error = await errorOf(
      tenant.client().test({ tokenType: 'client-credentials', token: {}, context: {}, ...customizer }),
    );
    expectNoSecret(error);
    expect(error.message).toContain('the script failed: no key [redacted]');
  });

  test('when the body is invalid', async () => {
    const tenant = await startTenant();
    const invalid = {
      ...customizer,
      tokenSample: { kind: 5, KEY: variable },
    } as unknown as typeof customizer;
    expectNoSecret(await errorOf(tenant.client().update('access-token', invalid)));
  });

  test('when the token endpoint repeats them', async () => {
    const tenant = await startTenant(undefined, echo(400));
    expectNoSecret(await errorOf(tenant.client().list()));
  });

  test('when client id and secret are swapped', async () => {
    const tenant = await startTenant(undefined, ({ body }) =>
      json(400, {
        error: 'invalid_client',
        error_description: `invalid client ${new URLSearchParams(body.toString()).get('client_id')}`,
      }),
    );
    const { endpoint } = tenant;
    const client = createJwtCustomizerClient({
      endpoint,
      clientId: clientSecret,
      clientSecret: 'm2m0123456789',
    });
    expectNoSecret(await errorOf(client.list()));
  });

  test('when the token is invalid in a header', async () => {
    const getToken = () => `${token}\n`;
    expectNoSecret(
      await errorOf(createJwtCustomizerClient({ endpoint: 'http://127.0.0.1:1', getToken }).list()),
    );
    const tenant = await startTenant(undefined, () => granted(`${token}\n`));
    expectNoSecret(await errorOf(tenant.client().list()));
  });

  test.each([
    ['a missing role', granted(token, { scope: '' })],
    ['no Logto', notFound],
    ['a page', { headers: { 'content-type': 'text/html' }, body: clientSecret }],
  ])('when the token endpoint responds with %s', async (_, reply) => {
    const tenant = await startTenant(undefined, () => reply);
    expectNoSecret(await errorOf(tenant.client().list()));
  });

  test.each([
    ['a page', { headers: { 'content-type': 'text/html' }, body: `${token}${variable}` }],
    ['no Logto', notFound],
    ['a redirect', { status: 302, headers: { location: `/${token}` } }],
  ])('when the tenant responds with %s', async (_, reply) => {
    const tenant = await startTenant(
      () => reply,
      () => granted(token),
    );
    expectNoSecret(await errorOf(tenant.client().put('access-token', customizer)));
  });

  test('when nothing listens', async () => {
    const client = createJwtCustomizerClient({ endpoint: 'http://127.0.0.1:1', getToken: () => token });
    expectNoSecret(await errorOf(client.put('access-token', customizer)));
  });

  test('when a custom fetch throws them', async () => {
    const fetch = (_: string, init: RequestInit) => {
      const { authorization } = Object.fromEntries(new Headers(init.headers));
      const cause = Object.assign(new Error(`${init.body}`), { config: init, code: 'EPROXY' });
      throw new Error(`could not send ${authorization}`, { cause });
    };
    const options = { endpoint: 'http://127.0.0.1:1', getToken: () => token, fetch, maxRetries: 0 };
    const error = await errorOf(
      createJwtCustomizerClient(options).test({
        tokenType: 'access-token',
        token: {},
        context: { user: {} },
        ...customizer,
      }),
    );
    expectNoSecret(error);
    expect(error).toMatchObject({
      code: 'EPROXY',
      cause: { message: 'could not send Bearer [redacted]', cause: { code: 'EPROXY' } },
    });
  });

  test('when a custom fetch throws them in place of a code, or throws something that is not an error', async () => {
    const thrown = [
      Object.assign(new Error('no'), { code: `E-${token}`, name: token }),
      { message: { token }, name: [token], code: 5 },
      Object.create(null),
      `no ${token}`,
      null,
    ];
    for (const one of thrown) {
      const fetch = () => Promise.reject(one);
      const options = { endpoint: 'http://127.0.0.1:1', getToken: () => token, fetch, maxRetries: 0 };
      const error = await errorOf(createJwtCustomizerClient(options).list());
      expect(error.name).toBe('NetworkError');
      expectNoSecret(error);
    }
  });

  test('when the module with the messages cannot be loaded either', async () => {
    vi.resetModules();
    vi.doMock('./refusal.ts', () => {
      throw new Error('the chunk cannot be loaded');
    });
    const client = (await import('./index.ts')).createJwtCustomizerClient({
      endpoint: 'http://127.0.0.1:1',
      getToken: () => token,
      maxRetries: 0,
    });
    const error = await client.list().catch((thrown: LogtoJwtCustomizerError) => thrown);
    vi.doUnmock('./refusal.ts');
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'NetworkError',
      message: 'GET /api/configs/jwt-customizer got no complete response: unknown.',
      method: 'GET',
      path: '/api/configs/jwt-customizer',
      issues: [],
    });
  });

  test('when the endpoint has a password', () => {
    const endpoint = `https://admin:${clientSecret}@example.com`;
    expect(() => createJwtCustomizerClient({ endpoint, getToken: () => token })).toThrow(
      expect.objectContaining({
        name: 'InvalidOptionError',
        message: expect.not.stringContaining('planted'),
      }),
    );
  });
});
