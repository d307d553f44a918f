import { describe, expect, test } from 'vitest';
import { defaultResource } from '../endpoint.ts';
import { createJwtCustomizerClient } from '../index.ts';
import {
  clientId,
  clientSecret,
  errorOf,
  granted,
  json,
  notFound,
  startTenant,
} from '../local-tenant.test-helper.ts';

describe('the token request', () => {
  test('is a form with client credentials, the resource and the scope', async () => {
    const tenant = await startTenant();
    await tenant.client().list();
    const [request] = tenant.tokenRequests;
    expect(request?.method).toBe('POST');
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request?.headers['authorization']).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(request?.body.toString()))).toEqual({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      resource: 'https://default.logto.app/api',
      scope: 'all',
    });
    expect(tenant.calls[0]?.headers['authorization']).toBe('Bearer token-of-the-tenant');
  });

  test('keeps every character of a secret', async () => {
    const tenant = await startTenant();
    const odd = 'a+b&c=d %é€😀"';
    await createJwtCustomizerClient({ endpoint: tenant.endpoint, clientId, clientSecret: odd }).list();
    expect(new URLSearchParams(tenant.tokenRequests[0]?.body.toString()).get('client_secret')).toBe(odd);
  });

  test('asks for the resource of the option', async () => {
    const tenant = await startTenant();
    const resource = 'https://my-tenant.logto.app/api';
    await createJwtCustomizerClient({ endpoint: tenant.endpoint, clientId, clientSecret, resource }).list();
    expect(new URLSearchParams(tenant.tokenRequests[0]?.body.toString()).get('resource')).toBe(resource);
  });

  test('goes to the token endpoint of the option, and nothing else does', async () => {
    const [api, issuer] = [await startTenant(), await startTenant()];
    const tokenEndpoint = `${issuer.endpoint}/oidc/token`;
    await createJwtCustomizerClient({ endpoint: api.endpoint, clientId, clientSecret, tokenEndpoint }).list();
    expect([api.tokenRequests.length, issuer.tokenRequests.length]).toEqual([0, 1]);
    expect([api.calls.length, issuer.calls.length]).toEqual([1, 0]);
  });

  test('to a token endpoint without Logto fails with the name of its option', async () => {
    const tenant = await startTenant(undefined, () => notFound);
    const tokenEndpoint = `${tenant.endpoint}/oidc/token/`;
    const client = tenant.client({ tokenEndpoint });
    expect((await errorOf(client.list())).message).toContain('check the option `tokenEndpoint`');
  });

  test.each([
    ['https://my-tenant.logto.app', 'https://my-tenant.logto.app/api'],
    ['https://MY-tenant.logto.app:443/', 'https://my-tenant.logto.app/api'],
    ['https://auth.example.com', 'https://default.logto.app/api'],
    ['https://a.b.logto.app', 'https://default.logto.app/api'],
    ['https://my-tenant.logto.app.example.com', 'https://default.logto.app/api'],
    ['https://example.com/my-tenant.logto.app', 'https://default.logto.app/api'],
    ['http://localhost:3001', 'https://default.logto.app/api'],
  ])('takes the resource of %s to be %s', (endpoint, resource) => {
    expect(defaultResource(endpoint)).toBe(resource);
  });
});

describe('a token is fetched', () => {
  test('again after a failure, which rejects every waiting call', async () => {
    let healthy = false;
    const tenant = await startTenant(undefined, () => (healthy ? granted() : json(500, { message: 'down' })));
    const client = tenant.client();
    const errors = await Promise.all(Array.from({ length: 20 }, () => errorOf(client.list())));
    expect(new Set(errors.map(({ name }) => name))).toEqual(new Set(['TokenRefusedError']));
    expect(tenant.tokenRequests).toHaveLength(3);
    healthy = true;
    await client.list();
    expect(tenant.tokenRequests).toHaveLength(4);
  });

  test('by each client for itself', async () => {
    const tenant = await startTenant(undefined, ({ body }) =>
      granted(`token-of-${new URLSearchParams(body.toString()).get('client_id')}`),
    );
    const { endpoint } = tenant;
    const one = createJwtCustomizerClient({ endpoint, clientId: 'one', clientSecret });
    const two = createJwtCustomizerClient({ endpoint, clientId: 'two', clientSecret });
    await one.list();
    await two.list();
    expect(tenant.calls.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token-of-one',
      'Bearer token-of-two',
    ]);
  });

  test('not for a call that is not sent', async () => {
    const tenant = await startTenant();
    await errorOf(tenant.client().get('id-token' as 'access-token'));
    expect(tenant.tokenRequests).toHaveLength(0);
  });
});

describe('getToken', () => {
  test('is called for each call, and the token endpoint is not', async () => {
    const tenant = await startTenant();
    let count = 0;
    const getToken = async () => {
      count += 1;
      return `own-${count}`;
    };
    const client = createJwtCustomizerClient({ endpoint: tenant.endpoint, getToken });
    await client.list();
    await client.list();
    expect(tenant.calls.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer own-1',
      'Bearer own-2',
    ]);
    expect(tenant.tokenRequests).toHaveLength(0);
  });

  test('that throws leads to a typed error with its cause', async () => {
    const cause = new Error('vault is sealed');
    const getToken = () => {
      throw cause;
    };
    const error = await errorOf(
      createJwtCustomizerClient({ endpoint: 'http://127.0.0.1:1', getToken }).list(),
    );
    expect(error.name).toBe('GetTokenFailedError');
    expect(error.cause).toBe(cause);
  });

  test.each([[undefined], [''], ['planted\ntoken'], [{ token: 'x' }]])(
    'that returns %j leads to a typed error',
    async (token) => {
      const getToken = () => token as string;
      const error = await errorOf(
        createJwtCustomizerClient({ endpoint: 'http://127.0.0.1:1', getToken }).list(),
      );
      expect(error.name).toBe('GetTokenFailedError');
      expect(error.message).not.toContain('planted');
    },
  );
});
