import { describe, expect, it } from 'vitest';
import { accessToken, clientCredentials, fakeTenant } from './fake-tenant.test-helper.ts';
import type { Scripts } from './operations.ts';

const stored = { script: '// stored', environmentVariables: { A: '1', B: '2' }, tokenSample: { jti: 'j' } };

describe('PATCH', () => {
  it('keeps what is left out and replaces what is sent whole', async () => {
    const tenant = fakeTenant({ customizers: { 'access-token': stored } });
    const body = { script: '// sent', environmentVariables: { A: '3' } };
    const answer = await tenant.send('PATCH', accessToken, { body });
    expect(answer).toMatchObject({ status: 200, body: { ...body, tokenSample: { jti: 'j' } } });
    expect(tenant.customizers).toEqual({ 'access-token': answer.body });
  });

  it('creates nothing', async () => {
    const tenant = fakeTenant({ customizers: { 'access-token': stored } });
    const answer = await tenant.send('PATCH', clientCredentials, { body: { script: '' } });
    expect(answer).toMatchObject({
      status: 404,
      body: {
        code: 'entity.not_exists_with_id',
        message: 'The logto_config with ID `jwt.clientCredentials` does not exist.',
      },
    });
    expect(tenant.customizers).toEqual({ 'access-token': stored });
  });

  it('drops in silence what the guard drops', async () => {
    const tenant = fakeTenant({ customizers: { 'access-token': stored } });
    const contextSample = { user: { id: 'u' }, nope: 1 };
    await tenant.send('PATCH', accessToken, { body: { script: '', contextSample } });
    expect(tenant.customizers['access-token']?.['contextSample']).toEqual({ user: { id: 'u' } });
  });

  it('loses one of two changes that meet, and tells neither caller', async () => {
    const arrived: (() => void)[] = [];
    const pause = () =>
      new Promise<void>((resolve) => {
        arrived.push(resolve);
        if (arrived.length === 2) for (const go of arrived) go();
      });
    const tenant = fakeTenant({ customizers: { 'access-token': { script: '' } }, pause });
    const answers = await Promise.all([
      tenant.send('PATCH', accessToken, { body: { script: '', environmentVariables: { A: '1' } } }),
      tenant.send('PATCH', accessToken, { body: { script: '', tokenSample: { jti: 'j' } } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(tenant.customizers['access-token']).toEqual({ script: '', tokenSample: { jti: 'j' } });
  });
});

describe('PUT', () => {
  it('creates with 201 and replaces all with 200, each token type for itself', async () => {
    const tenant = fakeTenant({ customizers: { 'client-credentials': stored } });
    expect(await tenant.send('PUT', accessToken, { body: stored })).toMatchObject({
      status: 201,
      body: stored,
    });
    const body = { script: '// sent' };
    expect(await tenant.send('PUT', accessToken, { body })).toMatchObject({ status: 200, body });
    expect(tenant.customizers).toEqual({ 'access-token': body, 'client-credentials': stored });
  });
});

describe('DELETE', () => {
  it('removes one customizer, and has another code than GET when there is none', async () => {
    const tenant = fakeTenant({ customizers: { 'access-token': stored, 'client-credentials': stored } });
    expect(await tenant.send('DELETE', accessToken)).toMatchObject({ status: 204, body: '' });
    expect(tenant.customizers).toEqual({ 'client-credentials': stored });
    expect(await tenant.send('DELETE', accessToken)).toMatchObject({
      status: 404,
      body: { code: 'entity.not_found' },
    });
  });
});

describe('the list', () => {
  it('has what exists, access-token first', async () => {
    const tenant = fakeTenant();
    expect((await tenant.send('GET', '/api/configs/jwt-customizer')).body).toEqual([]);
    await tenant.send('PUT', clientCredentials, { body: stored });
    await tenant.send('PUT', accessToken, { body: { script: '' } });
    expect((await tenant.send('GET', '/api/configs/jwt-customizer')).body).toEqual([
      { key: 'jwt.accessToken', value: { script: '' } },
      { key: 'jwt.clientCredentials', value: stored },
    ]);
  });
});

const testing = (test: Scripts['test']): Scripts => ({ test, issue: async () => ({ status: 500 }) });

describe('POST /test', () => {
  const test = '/api/configs/jwt-customizer/test';
  const body = { tokenType: 'access-token', script: 's', token: {} };

  it.each([
    [{ status: 200, claims: { a: 1 } }, 200, { a: 1 }],
    [{ status: 422, message: 'boom' }, 422, { code: 'jwt_customizer.general', data: { message: 'boom' } }],
    [{ status: 500 }, 500, { message: 'Internal server error.' }],
  ] as const)('answers %j with %i', async (outcome, status, expected) => {
    const tenant = fakeTenant({ scripts: testing(async () => outcome) });
    expect(await tenant.send('POST', test, { body })).toMatchObject({ status, body: expected });
    expect(tenant.customizers).toEqual({});
  });

  it.each([
    ['1.35', { message: 'no', code: 'AccessDenied' }],
    ['1.36', { message: 'no', error: { code: 'AccessDenied', message: 'no' } }],
  ])('tells a denial in the words of %s', async (release, data) => {
    const tenant = fakeTenant({
      release,
      scripts: testing(async () => ({ status: 403, message: 'no' })),
    });
    expect(await tenant.send('POST', test, { body })).toMatchObject({
      status: 403,
      body: { code: 'jwt_customizer.general', data },
    });
  });

  it('runs nothing that the guard refuses', async () => {
    const tenant = fakeTenant({
      scripts: testing(async () => {
        throw new Error('it ran');
      }),
    });
    expect(await tenant.send('POST', test, { body: { script: 's' } })).toMatchObject({ status: 400 });
  });
});

describe('the order of the checks', () => {
  const large = { raw: new Uint8Array(1_048_577) };
  const notJson = { raw: '{' };

  it.each([
    [
      'a path without the method, before the token',
      'POST',
      accessToken,
      { headers: { authorization: '' } },
      405,
    ],
    ['an unknown path, before the token', 'PATCH', '/api/nothing', { headers: { authorization: '' } }, 404],
    [
      'a missing token, before the size',
      'PATCH',
      accessToken,
      { ...large, headers: { authorization: '' } },
      401,
    ],
    ['the size, before the token type', 'PATCH', '/api/configs/jwt-customizer/id-token', large, 404],
    ['JSON, before the token type', 'PATCH', '/api/configs/jwt-customizer/id-token', notJson, 400],
    ['the token type, before the body', 'PATCH', '/api/configs/jwt-customizer/id-token', { body: {} }, 400],
    ['the body, before existence', 'PATCH', accessToken, { body: {} }, 400],
    ['existence, before storage', 'PATCH', accessToken, { body: { script: '\0' } }, 404],
  ])('%s', async (_, method, path, request, status) => {
    expect((await fakeTenant().send(method, path, request)).status).toBe(status);
  });

  it('names what is wrong with the path before what is wrong with the body, but not before broken JSON', async () => {
    const tenant = fakeTenant();
    const path = '/api/configs/jwt-customizer/id-token';
    expect((await tenant.send('PATCH', path, notJson)).body).not.toHaveProperty('code');
    expect((await tenant.send('PATCH', path, { body: {} })).body).toMatchObject({
      message: 'The request params is invalid.',
    });
  });
});

describe('storage', () => {
  it('forgets the order of fields: the guard restores that of those it knows, jsonb has its own for the rest', async () => {
    const sent = { environmentVariables: { LONG: '1', A: '2' }, script: '' };
    const expected = '{"script":"","environmentVariables":{"A":"2","LONG":"1"}}';
    const tenant = fakeTenant({ customizers: { 'client-credentials': sent } });
    expect((await tenant.send('GET', clientCredentials)).text).toBe(expected);
    expect((await tenant.send('PUT', accessToken, { body: sent })).text).toBe(expected);
    expect((await tenant.send('PATCH', accessToken, { body: sent })).text).toBe(expected);
  });

  it.each([
    ['PUT', 500, { script: '\0' }],
    ['PATCH', 500, { script: '\0' }],
    ['PUT', 422, { script: '\uD800' }],
    ['PATCH', 422, { script: '\uD800' }],
  ])('%s is refused with %i and changes nothing', async (method, status, body) => {
    const tenant = fakeTenant({ customizers: { 'access-token': stored } });
    expect((await tenant.send(method, accessToken, { body })).status).toBe(status);
    expect(tenant.customizers).toEqual({ 'access-token': stored });
  });
});

it('has another Logto-Core-Request-Id for every response, refusals too', async () => {
  const tenant = fakeTenant();
  const ids = await Promise.all(
    [accessToken, '/nowhere', '/oidc/token'].map(
      async (path) => (await tenant.send('POST', path)).headers['logto-core-request-id'],
    ),
  );
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{16}$/);
});

it('is wrong in the one rule that is replaced', async () => {
  const tenant = fakeTenant({
    customizers: { 'access-token': stored },
    rules: { merge: (_stored, sent) => sent },
  });
  await tenant.send('PATCH', accessToken, { body: { script: '' } });
  expect(tenant.customizers['access-token']).toEqual({ script: '' });
});

it('wants a release that it can compare', () => {
  expect(() => fakeTenant({ release: 'newest' })).toThrow('"newest" is no release of Logto');
});
