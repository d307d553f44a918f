/** The failure messages of responses that violate the contract, one file each. */
import { test as base, describe, expect } from 'vitest';
import { type ContractResponse, mockTenant, type OperationId } from './index.ts';
import { toSatisfyContract } from './to-satisfy-contract.ts';

const script = 'const getCustomJwtClaims = async () => ({});';
const secret = 'value-that-is-secret';
const customizer = { script, environmentVariables: { KEY: secret } };
const seed = { 'access-token': customizer, 'client-credentials': customizer };
const test = base.extend('tenant', mockTenant({ seed }));

const headers = {
  'content-type': 'application/json; charset=utf-8',
  'logto-core-request-id': 'K3E8-GiJ6Rjmyww3',
};
const path = '/api/configs/jwt-customizer';

const failureOf = async (assertion: Promise<void>): Promise<string> => {
  const error = await assertion.then(
    () => new Error('it did not fail'),
    (reason: Error) => reason,
  );
  // vitest also prints the error's own properties.
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(secret);
  return `${error.message}\n`;
};

type TokenType = 'access-token' | 'client-credentials';

describe('toSatisfyContract fails', () => {
  base.for<[file: string, OperationId, TokenType | undefined, ContractResponse]>([
    [
      'the other variant',
      'UpdateJwtCustomizer',
      'access-token',
      { status: 200, headers, body: { ...customizer, tokenSample: { kind: 'ClientCredentials' } } },
    ],
    [
      'unknown fields',
      'UpdateJwtCustomizer',
      'access-token',
      {
        status: 200,
        headers,
        body: { ...customizer, [`updatedAt`]: secret, contextSample: { user: { shoeSize: secret } } },
      },
    ],
    [
      'wrong types in place of secrets',
      'GetJwtCustomizer',
      'client-credentials',
      { status: 200, headers, body: { script: { text: secret }, environmentVariables: { KEY: [secret] } } },
    ],
    [
      'a status that is not documented',
      'UpdateJwtCustomizer',
      undefined,
      { status: 418, headers, body: secret },
    ],
    [
      'another content type and no headers',
      'UpdateJwtCustomizer',
      'access-token',
      { status: 200, headers: new Headers({ 'content-type': 'text/html' }), body: `<p>${secret}</p>` },
    ],
    ['a body after a deletion', 'DeleteJwtCustomizer', undefined, { status: 204, headers, body: customizer }],
    [
      'another plain text',
      'UpdateJwtCustomizer',
      undefined,
      { status: 404, headers: { ...headers, 'Content-Type': 'text/plain' }, body: secret },
    ],
    [
      'a refusal without issues',
      'UpdateJwtCustomizer',
      'access-token',
      { status: 400, headers, body: { code: 'guard.invalid_input', message: secret, details: secret } },
    ],
    [
      'JSON that does not parse',
      'GetJwtCustomizer',
      'access-token',
      new Response(`{"script":"${secret}`, { headers: { ...headers, etag: '"e"' } }),
    ],
    [
      'a list with a wrong key',
      'ListJwtCustomizers',
      undefined,
      { response: new Response('', { headers }), text: JSON.stringify([{ key: 'jwt', value: customizer }]) },
    ],
  ])('%s', async ([file, operation, tokenType, response]) => {
    const text = await failureOf(expect(response).toSatisfyContract(operation, tokenType));
    await expect(text).toMatchFileSnapshot(`__failures__/${file.replaceAll(' ', '-')}.txt`);
  });

  base('with .not, for a response that does', async () => {
    const response = { status: 200, headers, body: customizer };
    const text = await failureOf(
      expect(response).not.toSatisfyContract('UpdateJwtCustomizer', 'access-token'),
    );
    await expect(text).toMatchFileSnapshot('__failures__/it-does.txt');
    await expect({ ...response, status: 418 }).not.toSatisfyContract('UpdateJwtCustomizer', 'access-token');
  });
});

describe('toSatisfyContract passes', () => {
  test('for the responses of a tenant, and leaves them readable', async ({ tenant }) => {
    const authorized = {
      authorization: `Bearer ${await tenant.token()}`,
      'content-type': 'application/json',
    };
    const call = (method: string, to: string, body?: unknown) =>
      fetch(`${tenant.url}${path}${to}`, { method, headers: authorized, body: JSON.stringify(body) ?? null });

    const updated = await call('PATCH', '/access-token', { script });
    await expect(updated).toSatisfyContract('UpdateJwtCustomizer', 'access-token');
    expect(await updated.json()).toEqual(customizer);
    await expect(await call('PATCH', '/access-token', {})).toSatisfyContract('UpdateJwtCustomizer');
    await expect(await call('POST', '/access-token', {})).toSatisfyContract('UpdateJwtCustomizer');
    await expect(await call('GET', '')).toSatisfyContract('ListJwtCustomizers');
    const read = await tenant.customizers.get('client-credentials').withResponse();
    await expect(read).toSatisfyContract('GetJwtCustomizer', 'client-credentials');
    await expect(await call('DELETE', '/access-token')).toSatisfyContract('DeleteJwtCustomizer');
    await expect(await call('GET', '/access-token')).toSatisfyContract('GetJwtCustomizer', 'access-token');
    await expect(await fetch(`${tenant.url}${path}`)).toSatisfyContract('ListJwtCustomizers');
  });

  base.for<[string, ContractResponse]>([
    ['a parsed body', { status: 200, headers, body: customizer }],
    ['a string', { status: 200, headers, body: JSON.stringify(customizer) }],
    [
      'headers as node:http has them',
      {
        status: 200,
        headers: { ...headers, 'content-type': [headers['content-type']], x: undefined },
        body: customizer,
      },
    ],
    [
      'a response that was already read',
      { response: new Response('', { headers }), text: JSON.stringify(customizer) },
    ],
  ])('%s', async ([, response]) => {
    await expect(response).toSatisfyContract('UpdateJwtCustomizer', 'client-credentials');
  });

  base.for([undefined, null, ''])('no body, given as %j', async (body) => {
    const { 'content-type': _, ...rest } = headers;
    await expect({ status: 204, headers: rest, body }).toSatisfyContract('DeleteJwtCustomizer');
  });

  base('either variant if no token type is given', async () => {
    for (const kind of ['AccessToken', 'ClientCredentials'])
      await expect({ status: 200, headers, body: { script, tokenSample: { kind } } }).toSatisfyContract(
        'UpsertJwtCustomizer',
      );
  });
});

/** axios' own class: its fields are headers, it has no `entries`, and it can be iterated. */
class AxiosHeaders {
  readonly 'Content-Type' = 'application/json; charset=utf-8';
  readonly etag = '"x"';
  readonly 'logto-core-request-id' = 'r';
  readonly 'x-none' = null;
  [Symbol.iterator]() {
    return Object.entries(this)[Symbol.iterator]();
  }
}

describe('toSatisfyContract accepts the responses of other libraries', () => {
  const axios = { headers: new AxiosHeaders(), statusText: 'OK', config: {}, request: {} };
  const supertest = { headers, type: 'application/json' };

  base.for<[string, object, OperationId, TokenType | undefined]>([
    ['axios', { ...axios, status: 200, data: customizer }, 'GetJwtCustomizer', 'access-token'],
    ['axios, a deletion', { status: 204, headers, data: '' }, 'DeleteJwtCustomizer', undefined],
    [
      'supertest',
      { ...supertest, status: 200, body: customizer, text: JSON.stringify(customizer) },
      'UpdateJwtCustomizer',
      'access-token',
    ],
    [
      'supertest, a deletion',
      { ...supertest, status: 204, body: {}, text: '' },
      'DeleteJwtCustomizer',
      undefined,
    ],
  ])('%s', async ([, response, operation, tokenType]) => {
    await expect(response).toSatisfyContract(operation, tokenType);
  });

  base('and finds their problems', async () => {
    const wrong = { script: 5 };
    for (const response of [
      { ...axios, status: 200, data: wrong },
      { ...supertest, status: 200, body: customizer, text: JSON.stringify(wrong) },
      { ...supertest, status: 204, body: {}, text: '{}' },
    ])
      await expect(response).not.toSatisfyContract('GetJwtCustomizer', 'access-token');
  });
});

describe('toSatisfyContract throws, also with .not, for', () => {
  const valid = { status: 200, headers, body: customizer };
  const read = new Response('{}');
  const locked = new Response('{}');
  const begun = new Response('{}');
  base.beforeAll(async () => {
    await read.text();
    const reader = begun.body?.getReader();
    await reader?.read();
    reader?.releaseLock();
    locked.body?.getReader();
  });

  base.for<[string, unknown, RegExp, operation?: string, tokenType?: string]>([
    ['a response that was read', read, /body was already read, or is being read\. Pass a clone/],
    ['a response that is being read', locked, /body was already read, or is being read/],
    ['a response that was read in part', begun, /body was already read/],
    [
      'a promise',
      Promise.resolve(new Response('{}')),
      /its `status` is not a number\. It accepts .*\{ status, headers, body \}/,
    ],
    [
      'nothing',
      undefined,
      /it is not an object\. It accepts a Response of fetch, .*axios \(\{ status, headers, data \}\)/,
    ],
    ['a response without headers', { status: 200 }, /its `headers` are not an object/],
    ['a response of got', { statusCode: 200, headers, body: customizer }, /its `status` is not a number/],
    ['an unknown operation', valid, /unknown operation toString; the document has UpdateJwt/, 'toString'],
    [
      'an unknown token type',
      valid,
      /unknown token type access_token; expected access-token or/,
      'GetJwtCustomizer',
      'access_token',
    ],
  ])('%s', async ([, received, message, operation = 'GetJwtCustomizer', tokenType]) => {
    const args = [operation, tokenType] as unknown as ['GetJwtCustomizer'];
    await expect(async () => expect(received).toSatisfyContract(...args)).rejects.toThrow(message);
    await expect(async () => expect(received).not.toSatisfyContract(...args)).rejects.toThrow(message);
  });

  base('its use inside another matcher, in every version of vitest', async () => {
    const parts = { status: 404, headers: {}, body: 'Not Found' };
    for (const context of [{ promise: '' }, { assertion: {} }])
      expect(await toSatisfyContract.call(context, parts, 'GetJwtCustomizer')).toMatchObject({ pass: false });
    expect(() => toSatisfyContract.call({}, parts, 'GetJwtCustomizer')).toThrow(TypeError);
    // @ts-expect-error: the types have no such matcher
    const inside: unknown = expect.toSatisfyContract('GetJwtCustomizer');
    expect(() => expect({ valid }).toEqual({ valid: inside })).toThrow(
      'toSatisfyContract cannot be used inside another matcher',
    );
  });
});
