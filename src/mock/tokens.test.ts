/** An API under development verifies the mock's tokens as it would a tenant's: through discovery. */
import { createRemoteJWKSet, decodeJwt, jwtVerify, UnsecuredJWT } from 'jose';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Mock } from './index.ts';
import { askToken, base, call, managementApi, script, start } from './serve.test-helper.ts';

const discover = async ({ url }: Mock) => {
  const response = await fetch(`${url}/oidc/.well-known/openid-configuration`);
  return (await response.json()) as { issuer: string; jwks_uri: string; token_endpoint: string };
};

const verify = async (mock: Mock, token: string, audience = managementApi) => {
  const { issuer, jwks_uri } = await discover(mock);
  return jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), { issuer, audience });
};

const tokenOf = ({ body }: { body: unknown }): string => (body as { access_token: string }).access_token;

const issued = async (custom: string, release = '1.43') => {
  const mock = await start({ release, seed: { 'client-credentials': { script: custom } } });
  return { mock, response: await askToken(mock.url) };
};

const standard = ['aud', 'client_id', 'exp', 'iat', 'iss', 'jti', 'scope', 'sub'];

describe('a token', () => {
  it('is verified with the key from discovery', async () => {
    const mock = await start();
    const response = await askToken(mock.url, { client_id: 'my-app' });
    expect(response.body).toMatchObject({ expires_in: 3600, token_type: 'Bearer', scope: 'all' });
    const { payload, protectedHeader } = await verify(mock, tokenOf(response));
    expect(Object.keys(payload).sort()).toEqual(standard);
    expect(payload).toMatchObject({ sub: 'my-app', client_id: 'my-app', scope: 'all', aud: managementApi });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    expect(protectedHeader).toMatchObject({ alg: 'ES384', typ: 'at+jwt' });
    expect((await discover(mock)).token_endpoint).toBe(`${mock.url}/oidc/token`);
  });

  it('has a key of which only the public part is published', async () => {
    const mock = await start();
    const { keys } = (await (await fetch(`${mock.url}/oidc/jwks`)).json()) as { keys: object[] };
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([
      ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
    ]);
  });

  it('opens the Management API unless it is from another mock, changed, unsigned or for another API', async () => {
    const resource = 'https://things.example.test/api';
    const mock = await start({ resources: [resource] });
    const token = tokenOf(await askToken(mock.url));
    const [head = '', , signature = ''] = token.split('.');
    const changed = btoa(JSON.stringify({ ...decodeJwt(token), sub: 'x' })).replace(/=+$/, '');
    const unsigned = new UnsecuredJWT({ ...decodeJwt(token) }).encode();
    const none = `${btoa('{"alg":"none"}').replace(/=+$/, '')}.${changed}.`;
    const foreign = await (await start()).token();
    const other = tokenOf(await askToken(mock.url, { resource, scope: 'all' }));
    const status = async (bearer: string) =>
      (await call(mock, base, { headers: { authorization: `Bearer ${bearer}` } })).status;
    expect(await status(token)).toBe(200);
    expect(await status(await mock.token())).toBe(200);
    for (const wrong of [`${head}.${changed}.${signature}`, unsigned, none, foreign, other, `${token}x`, ''])
      expect(await status(wrong), wrong).toBe(401);
    expect(await status(token)).toBe(200);
  });

  it('is refused once it has expired, even if it was accepted before', async () => {
    const mock = await start();
    const token = await mock.token();
    const headers = { authorization: `Bearer ${token}` };
    const unread = await mock.token();
    expect((await call(mock, base, { headers })).status).toBe(200);
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_601_000 });
    for (const old of [token, unread])
      expect((await call(mock, base, { headers: { authorization: `Bearer ${old}` } })).status).toBe(401);
  });

  it('is for the requested API, with the requested scopes', async () => {
    const resource = 'https://things.example.test/api';
    const mock = await start({ resources: [resource] });
    const response = await askToken(mock.url, { resource, scope: 'read write' });
    expect(response.body).toMatchObject({ scope: 'read write' });
    expect((await verify(mock, tokenOf(response), resource)).payload['scope']).toBe('read write');
    await expect(verify(mock, tokenOf(response))).rejects.toMatchObject({ claim: 'aud' });
    expect(await askToken(mock.url, { resource: 'https://unknown.example.test' })).toMatchObject({
      status: 400,
      body: { code: 'oidc.invalid_target' },
    });
  });
});

describe('the stored client-credentials script', () => {
  it('adds claims, with its environment variables, to the next token', async () => {
    const mock = await start();
    const body = {
      script:
        'const getCustomJwtClaims = ({ token, context, environmentVariables }) => ({ plan: environmentVariables.PLAN, app: context.application.id, kind: token.kind });',
      environmentVariables: { PLAN: 'pro' },
    };
    await call(mock, `${base}/client-credentials`, { method: 'PUT', body });
    const { payload } = await verify(mock, tokenOf(await askToken(mock.url, { client_id: 'my-app' })));
    // A script may set `kind`: it is not among the claims that the tenant protects.
    expect(payload).toMatchObject({ plan: 'pro', app: 'my-app', kind: 'ClientCredentials' });
    await call(mock, `${base}/client-credentials`, { method: 'DELETE' });
    const { payload: after } = await verify(mock, tokenOf(await askToken(mock.url)));
    expect(Object.keys(after).sort()).toEqual(standard);
  });

  it('can override only the claims that a tenant does not protect', async () => {
    const own = JSON.stringify({ sub: 'x', iss: 'x', aud: 'x', exp: 1, iat: 1, jti: 'x', scope: 'x' });
    const { mock, response } = await issued(
      `const getCustomJwtClaims = () => ({ ...${own}, client_id: 'x', organization_id: 'o', act: 'a', nbf: 1 });`,
    );
    const { payload } = await verify(mock, tokenOf(response));
    expect(payload).toMatchObject({ organization_id: 'o', act: 'a', nbf: 1, sub: 'any', client_id: 'any' });
    expect(
      (await call(mock, base, { headers: { authorization: `Bearer ${tokenOf(response)}` } })).status,
    ).toBe(200);
  });

  it.each([
    'const getCustomJwtClaims = () => { throw new Error("no"); };',
    'nope(',
    '',
    'const getCustomJwtClaims = () => [1];',
    'const getCustomJwtClaims = () => ({ f: () => {} });',
  ])('that is %j silently adds no claims', async (custom) => {
    const { mock, response } = await issued(custom);
    expect(response.status).toBe(200);
    expect(Object.keys((await verify(mock, tokenOf(response))).payload).sort()).toEqual(standard);
  });

  it('is not run for mock.token()', async () => {
    const { mock } = await issued("const getCustomJwtClaims = ({ api }) => api.denyAccess('nope');");
    expect((await call(mock, base)).status).toBe(200);
  });
});

it('POST /test runs the script in the request, not the stored one', async () => {
  const mock = await start({ seed: { 'client-credentials': { script: 'nope(' } } });
  const token = { jti: 'j', aud: 'a', clientId: 'c', kind: 'ClientCredentials' };
  const body = { tokenType: 'client-credentials', script, token, context: {} };
  expect(await call(mock, `${base}/test`, { method: 'POST', body })).toMatchObject({
    status: 200,
    body: { plan: 'pro' },
  });
});
