import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as closed from '../../generated/validators/closed.js';
import { example } from './document.test-helper.ts';
import { base, type Call, serveMock } from './serve.test-helper.ts';

const mock = serveMock();
const item = `${base}/access-token`;

interface Exchange {
  name: string;
  request: {
    method: string;
    path: string;
    auth: string;
    headers?: Record<string, string>;
    body?: unknown;
    raw?: string;
  };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

const recorded: Exchange[] = readFileSync(
  new URL('../../contracts/recordings/logto-1.43.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/**
 * Recorded refusals that the mock cannot give, with the reason.
 * - it accepts every token: 'garbage', 'noperm'
 * - it has no state, so nothing is absent
 * - it runs no script
 * - the recording has only a description of the body
 */
const exceptions = new Set([
  'refused: garbage token',
  'refused: token without permission',
  'refused: no customizer yet (access-token)',
  'refused: no customizer yet (client-credentials)',
  'get: absent',
  'delete: absent',
  'test: static import in the script',
  'test: runs for ever',
  'large: a body of 1 MiB and one byte',
  'large: 1.1 MB script',
]);

const refused = recorded.filter(({ response }) => response.status >= 400);

const send = ({ request }: Exchange) => {
  const { method, path, auth, headers, body, raw } = request;
  const options: Call = { method, headers: { ...headers } };
  if (auth === 'none' && headers?.['authorization'] === undefined)
    return fetch(mock.url() + path, { method, body: JSON.stringify(body) });
  if (body !== undefined) options.body = body;
  if (raw !== undefined) options.raw = raw;
  return mock.call(path, options);
};

describe('as recorded on Logto 1.43', () => {
  it('has only exceptions that are recorded', () => {
    const names = new Set(refused.map(({ name }) => name));
    expect([...exceptions].filter((name) => !names.has(name))).toStrictEqual([]);
  });

  it.each(refused.filter(({ name }) => !exceptions.has(name)))('$name', async (exchange) => {
    const answered = await send(exchange);
    const { status, headers, body } = exchange.response;
    const text = answered instanceof Response ? await answered.text() : answered.text;
    expect(answered.status).toBe(status);
    expect(typeof body === 'string' ? text : JSON.parse(text)).toStrictEqual(body);
    for (const [name, value] of Object.entries(headers)) expect(answered.headers.get(name)).toBe(value);
  });
});

describe('authorization', () => {
  const attempt = async (authorization: string | undefined, path = item, options = {}) => {
    const response = await fetch(mock.url() + path, {
      ...(authorization !== undefined && { headers: { authorization } }),
      ...options,
    });
    const body = await response.json();
    if (response.status === 401) expect(closed.validateUnauthorizedError(body)).toStrictEqual([]);
    return { status: response.status, body };
  };

  it.each([
    [undefined, 'authorization-missing'],
    ['', 'authorization-missing'],
    ['Basic YTpi', 'authorization-not-bearer'],
    ['bearer x', 'authorization-not-bearer'],
    ['Bearer', 'token-unauthorized'],
    ['Bearer ', 'token-unauthorized'],
  ])('%j is answered with %s', async (authorization, name) => {
    expect(await attempt(authorization)).toStrictEqual({ status: 401, body: example(name) });
  });

  it('comes before everything but the method', async () => {
    const missing = { status: 401, body: example('authorization-missing') };
    expect(await attempt(undefined, `${base}/nope`)).toStrictEqual(missing);
    expect(await attempt(undefined, item, { method: 'PATCH', body: '{' })).toStrictEqual(missing);
    const response = await fetch(mock.url() + item, { method: 'POST' });
    expect(response.status).toBe(405);
    expect(await attempt(undefined, item, { method: 'PATCH', body: 'x'.repeat(1_048_577) })).toStrictEqual(
      missing,
    );
    expect(await attempt(undefined, item, { headers: { prefer: 'code=200' } })).toStrictEqual(missing);
  });

  it('accepts any token', async () => {
    expect(await attempt('Bearer x')).toMatchObject({ status: 200 });
  });
});

describe('a body', () => {
  const patch = (raw: string | ReadableStream) => mock.call(item, { method: 'PATCH', raw });

  it.each([
    ['{"script": ', 'Unexpected end of JSON input'],
    ['"script"', 'invalid JSON, only supports object and array'],
    ['42', 'invalid JSON, only supports object and array'],
    ['script', 'invalid JSON, only supports object and array'],
  ])('%s is answered with what is wrong with the JSON', async (raw, message) => {
    const { status, body } = await patch(raw);
    expect({ status, body }).toStrictEqual({ status: 400, body: { message } });
  });

  it('with a byte order mark is read', async () => {
    expect((await patch('\uFEFF{"script":"x"}')).status).toBe(200);
  });

  it('is judged by the token type of the path', async () => {
    const body = { script: 'x', contextSample: { user: { id: 'u' } } };
    expect(await mock.call(item, { method: 'PATCH', body })).toMatchObject({ status: 200 });
    const wrong = { script: 'x', tokenSample: { accountId: 'u' } };
    expect(await mock.call(item, { method: 'PATCH', body: wrong })).toMatchObject({ status: 200 });
    expect(await mock.call(`${base}/client-credentials`, { method: 'PUT', body: wrong })).toMatchObject({
      status: 400,
      body: { data: { issues: [{ code: 'unrecognized_keys', keys: ['accountId'], path: ['tokenSample'] }] } },
    });
  });

  it('is judged after the token type of the path', async () => {
    const { status, body } = await mock.call(`${base}/id-token`, { method: 'PATCH', body: {} });
    expect({ status, body }).toStrictEqual({ status: 400, body: example('unknown-token-type') });
    expect(closed.validateInvalidInputError(body)).toStrictEqual([]);
  });

  it('of a test is judged by its own token type', async () => {
    const body = example('test-client-credentials-claims') as object;
    expect(await mock.call(`${base}/test`, { method: 'POST', body })).toMatchObject({ status: 200 });
    const wrong = { ...body, tokenType: 'access-token' };
    const answered = await mock.call(`${base}/test`, { method: 'POST', body: wrong });
    expect(answered).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    expect(closed.validateInvalidInputError(answered.body)).toStrictEqual([]);
  });

  it.each([[{}], [{ tokenType: 'id-token' }], [{ tokenType: 1 }]])(
    'of a test without a known token type, %j, is refused as zod does it',
    async (body) => {
      expect(await mock.call(`${base}/test`, { method: 'POST', body })).toMatchObject({
        status: 400,
        body: {
          data: {
            issues: [
              {
                code: 'invalid_union_discriminator',
                options: ['access-token', 'client-credentials'],
                path: ['tokenType'],
                message: "Invalid discriminator value. Expected 'access-token' | 'client-credentials'",
              },
            ],
          },
        },
      });
    },
  );

  it('that storage refuses is refused after what the guard refuses', async () => {
    expect(await patch('{"script":"a\\u0000b\\ud800","x":1}')).toMatchObject({ status: 400 });
    expect(await patch('{"script":"a\\u0000b"}')).toMatchObject({
      status: 500,
      body: example('internal-error'),
    });
    expect(await patch('{"script":"a\\ud800b"}')).toMatchObject({
      status: 422,
      body: example('lone-surrogate'),
    });
    expect(await patch('{"script":"😀"}')).toMatchObject({ status: 200 });
  });

  const ofSize = (size: number): string => `{"script":"${'x'.repeat(size - '{"script":""}'.length)}"}`;

  it('of 1 MiB is accepted', async () => {
    expect(await patch(ofSize(1_048_576))).toMatchObject({ status: 200 });
  });

  it.each([1_048_577, 1_150_013, 20_000_000])('of %d bytes is answered Not Found', async (size) => {
    for (const raw of [ofSize(size), new Blob([ofSize(size)]).stream()]) {
      const { status, text, headers } = await patch(raw);
      expect({ status, text, type: headers.get('content-type') }).toStrictEqual({
        status: 404,
        text: 'Not Found',
        type: 'text/plain; charset=utf-8',
      });
    }
  });
});

describe('a path', () => {
  it.each([
    'id-token',
    'Access-Token',
    'test',
    '%zz',
    '%F0%9F',
    '__proto__',
    'constructor',
    '{tokenTypePath}',
  ])('with the token type %s is refused', async (segment) => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const options: Call = { method };
      if (method.startsWith('P')) options.body = { script: 'x' };
      const { status, body } = await mock.call(`${base}/${segment}`, options);
      expect(status).toBe(400);
      expect(body).toMatchObject({
        code: 'guard.invalid_input',
        message: 'The request params is invalid.',
        data: { issues: [{ code: 'invalid_enum_value', path: ['tokenTypePath'] }] },
      });
      expect(closed.validateInvalidInputError(body)).toStrictEqual([]);
    }
  });

  it.each([
    '/',
    '',
    '/api',
    `${base}/`,
    `${base}/access-token/`,
    `${base}/access-token/more`,
    '/oidc',
    '//',
    '/%',
  ])('%j does not exist', async (path) => {
    const { status, text, headers } = await mock.call(path);
    expect({ status, text }).toStrictEqual({ status: 404, text: 'Not Found' });
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it.each([
    ['POST', item, 'PUT, PATCH, HEAD, GET, DELETE'],
    ['OPTIONS', item, 'PUT, PATCH, HEAD, GET, DELETE'],
    ['DELETE', base, 'HEAD, GET'],
    ['GET', '/oidc/token', 'POST'],
    ['PUT', '/api/swagger.json', 'HEAD, GET'],
  ])('tells %s %s which methods there are', async (method, path, allow) => {
    const { status, text, headers } = await mock.call(path, { method });
    expect({ status, text, allow: headers.get('allow') }).toStrictEqual({
      status: 405,
      text: 'Method Not Allowed',
      allow,
    });
  });
});
