import { describe, expect, test } from 'vitest';
import type { ClientEvent } from './index.ts';
import { errorOf, json, startTenant } from './local-tenant.test-helper.ts';

const script = 'const getCustomJwtClaims = async () => ({});';

/** A customizer of a release that this client does not know. */
const newer = { script, sandbox: 'strict', contextSample: { user: { name: 'Ada', passkeys: [] } } };

describe('a response with fields that the document does not have', () => {
  const tenantWith = (body: unknown) => startTenant(() => json(200, body));

  test('is returned completely, and the fields are reported', async () => {
    const events: ClientEvent[] = [];
    const tenant = await tenantWith(newer);
    const client = tenant.client({ onEvent: (event) => events.push(event) });
    expect(await client.get('access-token')).toEqual(newer);
    expect(events.filter(({ type }) => type === 'newer-fields')).toEqual([
      {
        type: 'newer-fields',
        method: 'GET',
        path: '/api/configs/jwt-customizer/access-token',
        pointers: ['/sandbox', '/contextSample/user/passkeys'],
      },
    ]);
  });

  test('is also reported for a write that sent them without validation', async () => {
    const events: ClientEvent[] = [];
    const tenant = await tenantWith(newer);
    const client = tenant.client({ validate: { request: false }, onEvent: (event) => events.push(event) });
    await client.put('access-token', newer as { script: string });
    expect(events.map(({ type }) => type)).toContain('newer-fields');
  });

  test('is rejected in strict mode', async () => {
    const tenant = await tenantWith(newer);
    const error = await errorOf(tenant.client({ validate: { response: 'strict' } }).get('access-token'));
    expect(error.name).toBe('InvalidResponseError');
    expect(error.issues.map(({ pointer }) => pointer)).toEqual(['/sandbox', '/contextSample/user/passkeys']);
  });

  test('is rejected for other problems, however many unknown fields there are', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}`, 1]));
    const tenant = await tenantWith({ ...many, script: 5 });
    const error = await errorOf(tenant.client().get('access-token'));
    expect(error.name).toBe('InvalidResponseError');
    expect(error.issues.map(({ pointer }) => pointer)).toEqual(['/script']);
  });

  test('is accepted in a list, too', async () => {
    const list = [{ key: 'jwt.accessToken', value: newer }];
    const tenant = await tenantWith(list);
    expect(await tenant.client().list()).toEqual(list);
    const strict = errorOf(tenant.client({ validate: { response: 'strict' } }).list());
    expect((await strict).issues.map(({ pointer }) => pointer)).toEqual([
      '/0/value/sandbox',
      '/0/value/contextSample/user/passkeys',
    ]);
  });
});

describe('a response of another shape', () => {
  test.each([
    ['get', { script: 5 }, ['/script']],
    ['get', {}, ['/script']],
    ['get', { script, tokenSample: { kind: 'ClientCredentials' } }, ['/tokenSample/kind']],
    ['get', [], ['']],
    ['list', { script }, ['']],
    ['list', [{ key: 'jwt.accessToken', value: {} }], ['/0/value/script']],
  ] as const)('%s: %j', async (operation, body, pointers) => {
    const tenant = await startTenant(() => json(200, body));
    const client = tenant.client();
    const error = await errorOf(operation === 'get' ? client.get('access-token') : client.list());
    expect(error.name).toBe('InvalidResponseError');
    expect(error.issues.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(tenant.calls).toHaveLength(1);
  });

  test('is described in one sentence', async () => {
    const tenant = await startTenant(() => json(200, { script: 5 }));
    expect((await errorOf(tenant.client().get('access-token'))).message).toMatchInlineSnapshot(
      `"GET /api/configs/jwt-customizer/access-token returned 200 with a body that does not match the OpenAPI document: /script: expected string, found number. \`validate: { response: false }\` skips this check."`,
    );
  });

  test('is returned unchanged if the client or the call turns validation off', async () => {
    const tenant = await startTenant(() => json(200, { script: 5 }));
    expect(await tenant.client({ validate: { response: false } }).get('access-token')).toEqual({ script: 5 });
    expect(await tenant.client().get('access-token', { validate: { response: false } })).toEqual({
      script: 5,
    });
  });
});

describe('withResponse', () => {
  test('returns the data with the response, its text and the request id', async () => {
    const tenant = await startTenant(() => json(200, { script }));
    const result = await tenant.client().get('access-token').withResponse();
    expect(result.data).toEqual({ script });
    expect(result.text).toBe(JSON.stringify({ script }));
    expect(result.requestId).toBe('K3E8-GiJ6Rjmyww3');
    expect(result.response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(result.response.status).toBe(200);
  });

  test('rejects once, like the call', async () => {
    const tenant = await startTenant(() => json(403, { code: 'auth.forbidden', message: 'no' }));
    const rejections: unknown[] = [];
    const note = (reason: unknown): number => rejections.push(reason);
    process.on('unhandledRejection', note);
    await expect(tenant.client().list().withResponse()).rejects.toMatchObject({ code: 'auth.forbidden' });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(rejections).toEqual([]);
  });

  test('returns no data for a deletion', async () => {
    const tenant = await startTenant(() => ({ status: 204 }));
    const { data, response } = await tenant.client().delete('access-token').withResponse();
    expect(data).toBeUndefined();
    expect(response.status).toBe(204);
  });
});

describe('a hostile response leads to an error of the client, without delay', () => {
  const odd = '{"toString":1}';
  const text = 'x\r '.repeat(60_000);
  test.each<[string, number, string, string]>([
    [
      'nested deeper than the stack',
      200,
      `${'{"value":'.repeat(1e5)}1${'}'.repeat(1e5)}`,
      'UnexpectedResponseError',
    ],
    [
      'with objects in place of strings',
      401,
      `{"message":"no","data":{"code":"ERR","claim":"aud","payload":{"aud":[${odd}]}}}`,
      'RequestRefusedError',
    ],
    ['with an object for a code', 404, `{"code":${odd}}`, 'RequestRefusedError'],
    ['with an object in a path', 400, `{"data":{"issues":[{"path":[${odd}]}]}}`, 'RequestRefusedError'],
    ['with 180 kB of white space', 400, JSON.stringify({ message: text }), 'RequestRefusedError'],
  ])('%s', async (_, status, body, name) => {
    const tenant = await startTenant(() => ({
      status,
      headers: { 'content-type': 'application/json' },
      body,
    }));
    const error = await errorOf(tenant.client({ onEvent: () => {}, maxRetries: 0 }).get('access-token'));
    expect(error.name).toBe(name);
    expect(error.message.length).toBeLessThan(1_000);
  });
});

describe('User-Agent', () => {
  test("names the client after the caller's own name", async () => {
    const tenant = await startTenant();
    await tenant.client().list();
    await tenant.client({ userAgent: 'acme-deploy/2.1' }).list();
    const { version } = JSON.parse(await (await import('node:fs/promises')).readFile('package.json', 'utf8'));
    expect(tenant.calls.map(({ headers }) => headers['user-agent'])).toEqual([
      `logto-jwt-customizer/${version}`,
      `acme-deploy/2.1 logto-jwt-customizer/${version}`,
    ]);
    expect(tenant.tokenRequests[0]?.headers['user-agent']).toBe(`logto-jwt-customizer/${version}`);
  });
});
