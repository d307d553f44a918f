import { describe, expect, test } from 'vitest';
import { errorOf, json, startTenant, storing } from './local-tenant.test-helper.ts';
import { createRawClient } from './raw.ts';

const script = 'const getCustomJwtClaims = async () => ({});';
const tokenRequest = {
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: { grant_type: 'client_credentials', client_id: 'a b&c' },
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
    await raw.GET('/api/configs/jwt-customizer/access-token');
    expect(tenant.tokenRequests.map(({ headers }) => headers['authorization'])).toEqual([undefined]);
    expect(tenant.tokenRequests[0]?.body.toString()).toBe('grant_type=client_credentials&client_id=a+b%26c');
    expect(tenant.calls.map(({ url, headers }) => [url, headers['authorization']])).toEqual([
      ['/api/configs/jwt-customizer', 'Bearer own-1'],
      ['/api/configs/jwt-customizer/access-token', 'Bearer own-2'],
    ]);
  });

  test.each(['PUT', 'PATCH'] as const)('%s sends the body and returns the response', async (method) => {
    const tenant = await startTenant(storing);
    const raw = createRawClient({ endpoint: tenant.endpoint });
    const { data, response } = await raw[method]('/api/configs/jwt-customizer/access-token', {
      body: { script },
    });
    expect(data).toEqual({ script });
    expect(response.headers.get('logto-core-request-id')).toBe('K3E8-GiJ6Rjmyww3');
    const [call] = tenant.calls;
    expect([call?.method, call?.headers['content-type'], call?.body.toString()]).toEqual([
      method,
      'application/json',
      JSON.stringify({ script }),
    ]);
  });

  test('returns a deletion without data', async () => {
    const tenant = await startTenant(storing);
    const raw = createRawClient({ endpoint: tenant.endpoint });
    const { data, response } = await raw.DELETE('/api/configs/jwt-customizer/access-token');
    expect([data, response.status]).toEqual([undefined, 204]);
  });

  test('returns a refusal instead of throwing it, and sends no token without getToken', async () => {
    const tenant = await startTenant(() => json(401, { code: 'auth.authorization_header_missing' }));
    const { response, error } = await createRawClient({ endpoint: tenant.endpoint }).GET(
      '/api/configs/jwt-customizer',
    );
    expect(response.status).toBe(401);
    expect(error).toEqual({ code: 'auth.authorization_header_missing' });
    expect(tenant.calls[0]?.headers['authorization']).toBeUndefined();
  });

  test.each([
    ['an empty 500', { status: 500 }, ''],
    [
      "a proxy's page",
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<p>no</p>' },
      '<p>no</p>',
    ],
  ])('returns the text of %s', async (_, reply, text) => {
    const tenant = await startTenant(() => reply);
    const { error } = await createRawClient({ endpoint: tenant.endpoint }).GET('/api/configs/jwt-customizer');
    expect(error).toBe(text);
  });

  test('aborts the signal of getToken if the request ends first', async () => {
    let isTold = false;
    const getToken = ({ signal }: { signal: AbortSignal }) =>
      new Promise<string>(() => signal.addEventListener('abort', () => (isTold = true)));
    const raw = createRawClient({ endpoint: 'http://localhost', getToken });
    const error = await errorOf(raw.GET('/api/configs/jwt-customizer', { signal: AbortSignal.timeout(1) }));
    expect([error.name, isTold]).toEqual(['AbortError', true]);
  });

  test('throws for a 2xx that is not JSON, without its text', async () => {
    const tenant = await startTenant(() => ({ headers: { 'content-type': 'text/html' }, body: 'planted' }));
    const error = await errorOf(
      createRawClient({ endpoint: tenant.endpoint }).GET('/api/configs/jwt-customizer'),
    );
    expect(error).toMatchObject({ name: 'UnexpectedResponseError', contentType: 'text/html' });
    expect(error.message).not.toContain('planted');
  });

  test('throws without the token and the variables that the response repeats', async () => {
    const tenant = await startTenant(() => ({
      headers: { 'content-type': 'text/planted-token', 'logto-core-request-id': 'planted-variable' },
      body: 'no JSON',
    }));
    const raw = createRawClient({ endpoint: tenant.endpoint, getToken: () => 'planted-token' });
    const body = { script, environmentVariables: { KEY: 'planted-variable' } };
    const error = await errorOf(raw.PUT('/api/configs/jwt-customizer/access-token', { body }));
    expect(error).toMatchObject({ contentType: 'text/[redacted]', requestId: '[redacted]' });
    expect(error.message).not.toContain('planted');
  });

  test('calls `fetch` as the client does, with a URL and options', async () => {
    const calls: [string, RequestInit][] = [];
    const fetch = async (url: string, init: RequestInit) => {
      calls.push([url, init]);
      return Response.json([]);
    };
    await createRawClient({ endpoint: 'http://localhost', fetch }).GET('/api/configs/jwt-customizer');
    expect(calls).toMatchObject([
      ['http://localhost/api/configs/jwt-customizer', { method: 'GET', redirect: 'manual' }],
    ]);
  });

  test.each([
    ['no URL', { endpoint: 'localhost:3001' }, 'endpoint'],
    ['http to another host', { endpoint: 'http://logto.example.com' }, 'endpoint'],
    ['getToken that is not a function', { endpoint: 'http://localhost', getToken: 'x' as never }, 'getToken'],
    ['no time for an attempt', { endpoint: 'http://localhost', attemptTimeout: 0 }, 'attemptTimeout'],
  ])('is not created with %s', (_, options, option) => {
    expect(() => createRawClient(options)).toThrow(expect.objectContaining({ option }));
  });

  test('is created with http to another host if `allowHttp` is set', () => {
    createRawClient({ endpoint: 'http://logto.example.com', allowHttp: true });
  });
});
