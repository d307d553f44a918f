import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../scripts/free-port.ts';
import {
  createJwtCustomizerClient,
  type JwtCustomizerClient,
  type RequestRefusedError,
  type TokenType,
} from './index.ts';
import { errorOf, json, notFound, type Reply, startTenant } from './local-tenant.test-helper.ts';

const script = 'const getCustomJwtClaims = async () => ({});';
const getToken = () => 'token';

interface Exchange {
  name: string;
  tokenType: TokenType;
  request: { method: string; path: string };
  response: { status: number; headers: Record<string, string>; body: unknown };
}
const recorded: Exchange[] = readFileSync('contracts/recordings/logto-1.43.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** A valid call to the recorded operation. The server responds with the recording, even if its request was invalid. */
const callOf = (client: JwtCustomizerClient, { request, tokenType }: Exchange): Promise<unknown> => {
  if (request.path.endsWith('/test')) {
    return client.test({ tokenType: 'access-token', script, token: {}, context: { user: {} } });
  }
  switch (request.method) {
    case 'GET':
      return client.get(tokenType);
    case 'PUT':
      return client.put(tokenType, { script });
    case 'DELETE':
      return client.delete(tokenType);
    default:
      return client.update(tokenType, { script });
  }
};

const missing = json(404, { code: 'entity.not_exists_with_id', message: 'no such customizer' });

describe('every recorded refusal is a typed error', () => {
  const absent = 'get: absent';
  const refusals = recorded.filter(({ name, response }) => response.status >= 400 && name !== absent);

  test('and there are some', () => {
    expect(refusals.length).toBeGreaterThan(40);
  });

  test('except that of a missing customizer, which is `undefined`', async () => {
    const [exchange] = recorded.filter(({ name }) => name === absent);
    const tenant = await startTenant(() => json(404, exchange?.response.body));
    const { data, response } = await tenant.client().get('access-token').withResponse();
    expect([data, response.status]).toEqual([undefined, 404]);
  });

  test.each(refusals)('$name', async (exchange) => {
    const { status, headers, body } = exchange.response;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const isWrite = /PUT|PATCH|DELETE/.test(exchange.request.method);
    // After a 500, the client checks whether the write took effect nevertheless.
    const tenant = await startTenant(({ method }) =>
      isWrite && method === 'GET' ? missing : { status, headers, body: text },
    );
    const error = (await errorOf(callOf(tenant.client(), exchange))) as RequestRefusedError;
    const said = (typeof body === 'object' ? body : {}) as {
      code?: string;
      message?: string;
      data?: { message?: string; issues?: { path: string[]; message: string }[] };
    };
    expect(error.name).toBe('RequestRefusedError');
    expect({ ...error }).toEqual({
      method: tenant.calls[0]?.method,
      path: tenant.calls[0]?.url,
      status,
      code: said.code,
      issues: (said.data?.issues ?? []).map(({ path, message }) => ({
        pointer: path.map((key) => `/${key}`).join(''),
        message,
      })),
      requestId: headers['logto-core-request-id'],
    });
    const reason = said.data?.message ?? said.data?.issues?.[0]?.message ?? said.message;
    if (reason !== undefined) expect(error.message).toContain(reason);
  });
});

describe('the message of a refusal', () => {
  const refusedBy = async (
    reply: Reply,
    call = (client: JwtCustomizerClient): Promise<unknown> => client.get('access-token'),
  ) => {
    const tenant = await startTenant(() => reply);
    return (await errorOf(call(tenant.client()))) as RequestRefusedError;
  };
  const recordedReply = (name: string): Reply => {
    const exchange = recorded.find((candidate) => candidate.name === name);
    if (exchange === undefined) throw new Error(`no recording ${name}`);
    return json(exchange.response.status, exchange.response.body);
  };

  test.each([
    'refused: unknown top-level field',
    'refused: documented response example sent back (access-token)',
    'refused: token without permission',
    'test: denyAccess',
    'test: script throws',
    'refused: U+0000 in the script',
  ])('%s', async (name) => {
    expect((await refusedBy(recordedReply(name))).message).toMatchSnapshot();
  });

  test('refused: no customizer yet (access-token)', async () => {
    const reply = recordedReply('refused: no customizer yet (access-token)');
    const error = await refusedBy(reply, (client) => client.update('access-token', { script }));
    expect(error.message).toMatchSnapshot();
  });

  test('a plain 404 to a GET is not a missing customizer', async () => {
    expect((await refusedBy(notFound)).message).toMatchInlineSnapshot(
      `"GET /api/configs/jwt-customizer/access-token was refused with 404: there is no Logto at this endpoint; check the option \`endpoint\`. This does not mean that a customizer is missing."`,
    );
  });

  test('a plain 404 to a body may be about its size', async () => {
    const error = await refusedBy(notFound, (client) => client.update('access-token', { script }));
    expect(error.message).toMatchInlineSnapshot(
      `"PATCH /api/configs/jwt-customizer/access-token was refused with 404: there is no Logto at this endpoint; check the option \`endpoint\`. This does not mean that a customizer is missing. Logto also returns 404 for a body of more than 1048576 bytes; this one had 57."`,
    );
    expect(error.code).toBeUndefined();
  });

  test("another server's JSON 404 is not a missing customizer", async () => {
    expect((await refusedBy(json(404, { title: 'nothing here' }))).message).toContain(
      'there is no Logto at this endpoint',
    );
  });

  test("a proxy's page", async () => {
    const page = { status: 502, headers: { 'content-type': 'text/html' }, body: '<p>planted page</p>' };
    expect((await refusedBy(page)).message).toMatchInlineSnapshot(
      `"GET /api/configs/jwt-customizer/access-token was refused with 502: the response is not Logto's JSON (content type: text/html); a proxy may have sent it."`,
    );
  });

  test('an empty body', async () => {
    expect((await refusedBy({ status: 500 })).message).toMatchInlineSnapshot(
      `"GET /api/configs/jwt-customizer/access-token was refused with 500: the response is not Logto's JSON (content type: none); a proxy may have sent it."`,
    );
  });

  test('pointers are escaped', async () => {
    const path = ['environmentVariables', 'a/b~c', 0];
    const reply = json(400, { code: 'guard.invalid_input', data: { issues: [{ path, message: 'no' }] } });
    expect((await refusedBy(reply)).issues).toEqual([
      { pointer: '/environmentVariables/a~1b~0c/0', message: 'no' },
    ]);
  });

  test.each([
    [{ code: 5, message: ['x'], data: { issues: 'many' } }],
    [{ data: { issues: [null, 'x', {}, { path: 'script' }] } }],
    [[]],
    [null],
    ['text'],
  ])('a body of another shape does no harm: %j', async (body) => {
    expect((await refusedBy(json(400, body))).status).toBe(400);
  });
});

describe('a 2xx that Logto would not send', () => {
  const replies: [string, Reply][] = [
    ['a page', { headers: { 'content-type': 'text/html' }, body: '<p>planted page</p>' }],
    [
      'a page with the content type of JSON',
      { headers: { 'content-type': 'application/json' }, body: '<p>planted page</p>' },
    ],
    [
      'JSON with the content type of text',
      { headers: { 'content-type': 'text/plain' }, body: '{"script":"planted page"}' },
    ],
    ['an empty body', { headers: { 'content-type': 'application/json' } }],
    [
      'an empty body with its length',
      { headers: { 'content-type': 'application/json', 'content-length': '0' } },
    ],
    ['null', json(200, null)],
    ['a string', json(200, 'planted page')],
    ['204', { status: 204 }],
    ['a redirect', { status: 302, headers: { location: 'https://planted.example.com/page' } }],
  ];

  test.each(replies)('%s', async (_, reply) => {
    const tenant = await startTenant(() => reply);
    const error = await errorOf(tenant.client().get('access-token'));
    expect(error.name).toBe('UnexpectedResponseError');
    expect(error).toMatchObject({ method: 'GET', path: '/api/configs/jwt-customizer/access-token' });
    expect(JSON.stringify(error)).not.toContain('planted');
    expect(error.message).toMatchSnapshot();
  });
});

describe('a network fault', () => {
  test('nothing listens', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const client = createJwtCustomizerClient({ endpoint, getToken, retry: { delay: 0 } });
    const error = await errorOf(client.delete('access-token'));
    expect(JSON.parse(JSON.stringify(error))).toMatchInlineSnapshot(`
      {
        "code": "ECONNREFUSED",
        "issues": [],
        "message": "DELETE /api/configs/jwt-customizer/access-token got no complete response: ECONNREFUSED (see \`cause\`). Check that the option \`endpoint\` is correct and reachable from here.",
        "method": "DELETE",
        "name": "NetworkError",
        "path": "/api/configs/jwt-customizer/access-token",
      }
    `);
    expect(error.cause).toMatchObject({ name: 'TypeError', cause: { code: 'ECONNREFUSED' } });
  });

  test('a custom fetch that throws a string', async () => {
    const fetch = () => Promise.reject('no');
    const error = await errorOf(
      createJwtCustomizerClient({
        endpoint: 'http://localhost',
        getToken,
        fetch,
        retry: { delay: 0 },
      }).list(),
    );
    expect(error.name).toBe('NetworkError');
    expect(error.cause).toMatchObject({ name: 'Error', message: 'no' });
  });
});
