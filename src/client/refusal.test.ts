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
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED: another tenant issued the access token, or it was changed.',
    ],
    ['what is not known here', { code: 'ERR_NEW', name: 'New' }, 'ERR_NEW.'],
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

  test('without the role', async () => {
    expect(await refused('granted without the scope')).toMatchInlineSnapshot(`
      {
        "issues": [],
        "message": "The tenant granted a token for https://default.logto.app/api without the permission \`all\`. In Logto's Console, assign the machine-to-machine application of the option \`clientId\` a role that has the permission \`all\` of the Management API.",
        "name": "MissingRoleError",
        "resource": "https://default.logto.app/api",
      }
    `);
  });
  test('for a resource that is no Management API: the role is not blamed', async () => {
    const tenant = await startTenant(undefined, () => granted('t', { scope: undefined }));
    const client = tenant.client({ resource: 'https://things.example.test/api' });
    expect(JSON.parse(JSON.stringify(await errorOf(client.list())))).toMatchInlineSnapshot(`
      {
        "issues": [],
        "message": "The option \`resource\` is https://things.example.test/api, which is not a Management API: the tenant grants a token for it, but without the permission \`all\`. It must be https://<tenant id>.logto.app/api, for a self-hosted Logto https://default.logto.app/api.",
        "name": "InvalidOptionError",
        "option": "resource",
      }
    `);
  });
  test("by the tenant's own script", async () => {
    const denied = json(400, {
      code: 'oidc.access_denied',
      message: 'Access denied.',
      error: 'access_denied',
      error_description: 'no \u001b[31mmachines',
    });
    expect(await refused(denied)).toMatchInlineSnapshot(`
      {
        "code": "oidc.access_denied",
        "error": "access_denied",
        "errorDescription": "no \\u001b[31mmachines",
        "issues": [],
        "message": "POST /oidc/token was refused with 400 access_denied: the tenant's own client-credentials script denies it: no \\u001b[31mmachines. It runs for this application, too. Change the script in Logto's Console, or by a client whose \`getToken\` returns an access token from before: each is valid for an hour.",
        "method": "POST",
        "name": "TokenDeniedError",
        "path": "/oidc/token",
        "requestId": "K3E8-GiJ6Rjmyww3",
        "status": 400,
      }
    `);
  });
  test('for a scope that only looks like `all`', async () => {
    expect(await refused(granted('t', { scope: 'all:read overall' }))).toMatchObject({
      name: 'MissingRoleError',
    });
  });
  test('wrong secret', async () => {
    expect(await refused('wrong secret')).toMatchInlineSnapshot(`
      {
        "code": "oidc.invalid_client",
        "error": "invalid_client",
        "errorDescription": "client authentication failed",
        "issues": [],
        "message": "POST /oidc/token was refused with 401 invalid_client: the tenant does not accept the options \`clientId\` and \`clientSecret\`: copy both from the machine-to-machine application in Logto's Console.",
        "method": "POST",
        "name": "TokenRefusedError",
        "path": "/oidc/token",
        "requestId": "K3E8-GiJ6Rjmyww3",
        "status": 401,
      }
    `);
  });
  test('unknown client', async () => {
    expect(await refused('unknown client')).toMatchInlineSnapshot(`
      {
        "code": "oidc.invalid_client",
        "error": "invalid_client",
        "errorDescription": "invalid client nope",
        "issues": [],
        "message": "POST /oidc/token was refused with 400 invalid_client: the tenant does not accept the options \`clientId\` and \`clientSecret\`: copy both from the machine-to-machine application in Logto's Console.",
        "method": "POST",
        "name": "TokenRefusedError",
        "path": "/oidc/token",
        "requestId": "K3E8-GiJ6Rjmyww3",
        "status": 400,
      }
    `);
  });
  test('unknown resource', async () => {
    expect(await refused('unknown resource')).toMatchInlineSnapshot(`
      {
        "code": "oidc.invalid_target",
        "error": "invalid_target",
        "errorDescription": "resource indicator is missing, or unknown",
        "issues": [],
        "message": "POST /oidc/token was refused with 400 invalid_target: the tenant does not know the resource https://default.logto.app/api. Set the option \`resource\` to the indicator of its Management API; on Logto Cloud behind a custom domain that is https://<tenant id>.logto.app/api.",
        "method": "POST",
        "name": "TokenRefusedError",
        "path": "/oidc/token",
        "requestId": "K3E8-GiJ6Rjmyww3",
        "status": 400,
      }
    `);
  });
  test('no Logto there', async () => {
    expect(await refused(notFound)).toMatchInlineSnapshot(`
      {
        "issues": [],
        "message": "POST /oidc/token was refused with 404: no Logto answers at this endpoint: check the option \`endpoint\`.",
        "method": "POST",
        "name": "TokenRefusedError",
        "path": "/oidc/token",
        "status": 404,
      }
    `);
  });
  test('a page in place of a token', async () => {
    const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>planted page</p>' };
    expect(await refused(page)).toMatchInlineSnapshot(`
      {
        "contentType": "text/html",
        "issues": [],
        "message": "POST /oidc/token was answered 200 with no access token (content type: text/html).",
        "method": "POST",
        "name": "UnexpectedResponseError",
        "path": "/oidc/token",
        "status": 200,
      }
    `);
  });
  test('JSON without a token', async () => {
    expect(await refused(json(200, { scope: 'all' }))).toMatchObject({ name: 'UnexpectedResponseError' });
  });
});
