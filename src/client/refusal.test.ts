import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorOf, granted, json, notFound, startTenant } from './local-tenant.test-helper.ts';

interface Exchange {
  name: string;
  response: { status: number; body: unknown };
}
const recorded: Exchange[] = readFileSync('contracts/recordings/token-endpoint.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const recordedReply = (name: string) => {
  const exchange = recorded.find((candidate) => candidate.name.startsWith(name));
  if (exchange === undefined) throw new Error(`no recording ${name}`);
  return json(exchange.response.status, exchange.response.body);
};

const unauthorized = (data: unknown) =>
  json(401, {
    code: 'auth.unauthorized',
    data,
    message: 'Unauthorized. Please check credentials and its scope.',
  });

/** As recorded (more-exchanges.jsonl), but for the expired token, which has jose's own code. */
describe('a 401 says what is wrong with the token', () => {
  test.each([
    [
      'another audience',
      {
        code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
        name: 'JWTClaimValidationFailed',
        claim: 'aud',
        reason: 'check_failed',
        payload: { sub: 'a person', aud: 'https://things.example.test/api' },
      },
      "ERR_JWT_CLAIM_VALIDATION_FAILED (aud: check_failed): the access token is for https://things.example.test/api. Request it for the resource indicator of this tenant's Management API.",
    ],
    [
      'expired',
      {
        code: 'ERR_JWT_EXPIRED',
        name: 'JWTExpired',
        claim: 'exp',
        reason: 'check_failed',
        payload: { exp: 0 },
      },
      'ERR_JWT_EXPIRED (exp: check_failed): the access token has expired. Get a new one.',
    ],
    [
      'another signature',
      { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', name: 'JWSSignatureVerificationFailed' },
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED: another tenant issued the access token, or it was modified.',
    ],
    ['an unknown code', { code: 'ERR_NEW', name: 'New' }, 'ERR_NEW.'],
  ])('%s', async (_, data, says) => {
    const tenant = await startTenant(() => unauthorized(data));
    const { message } = await errorOf(tenant.client().list());
    expect(message).toBe(
      `GET /api/configs/jwt-customizer was refused with 401 auth.unauthorized: Unauthorized. Please check credentials and its scope. ${says}`,
    );
  });
});

describe('a refused token request says what to do', () => {
  const refused = async (reply: string | ReturnType<typeof json>) => {
    const tenant = await startTenant(undefined, () =>
      typeof reply === 'string' ? recordedReply(reply) : reply,
    );
    const error = await errorOf(tenant.client().list());
    expect(tenant.calls).toHaveLength(0);
    return JSON.parse(JSON.stringify(error));
  };

  const denied = json(400, {
    code: 'oidc.access_denied',
    message: 'Access denied.',
    error: 'access_denied',
    error_description: 'no \u001b[31mmachines',
  });
  const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>planted page</p>' };

  test.each([
    ['without the role', 'granted without the scope'],
    ["by the tenant's own script", denied],
    ['wrong secret', 'wrong secret'],
    ['unknown client', 'unknown client'],
    ['unknown resource', 'unknown resource'],
    ['no Logto there', notFound],
    ['a page in place of a token', page],
  ])('%s', async (_, reply) => {
    expect(await refused(reply)).toMatchSnapshot();
  });

  test('for a resource that is not a Management API: the role is not blamed', async () => {
    const tenant = await startTenant(undefined, () => granted('t', { scope: undefined }));
    const client = tenant.client({ resource: 'https://things.example.test/api' });
    expect(JSON.parse(JSON.stringify(await errorOf(client.list())))).toMatchSnapshot();
  });

  test.each([
    ['a scope that only looks like `all`', granted('t', { scope: 'all:read overall' }), 'MissingRoleError'],
    ['JSON without a token', json(200, { scope: 'all' }), 'UnexpectedResponseError'],
  ])('for %s', async (_, reply, name) => {
    expect(await refused(reply)).toMatchObject({ name });
  });
});
