import { describe, expect, it } from 'vitest';
import { accessToken, fakeTenant } from './fake-tenant.test-helper.ts';
import type { Scripts } from './operations.ts';

const testing = (test: Scripts['test']): Scripts => ({ test, issue: async () => ({ status: 500 }) });

describe('POST /test', () => {
  const test = '/api/configs/jwt-customizer/test';
  const body = { tokenType: 'access-token', script: 's', token: {}, context: { user: {} } };

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

it('wants a release that it can compare', () => {
  expect(() => fakeTenant({ release: 'newest' })).toThrow('"newest" is no release of Logto');
});
