/** The rules of a tenant, one by one. */
import { expect, it } from 'vitest';
import { isBefore } from '../runner/release.ts';
import { etagOf, isFresh } from './etag.ts';
import { isTooLarge, parseBody } from './message.ts';
import { findRoute } from './routes.ts';
import { refuseStorage, toJsonb } from './state.ts';
import { refuseAuthorization } from './tokens.ts';

const scopes: Record<string, string[]> = { good: ['all'], 'without-permission': [] };

const refuse = async (header: string | undefined) => {
  const refusal = await refuseAuthorization(header, (token) => scopes[token]);
  return refusal && [refusal.status, (JSON.parse(refusal.body) as { code: string }).code];
};

it('lets a token with the permission pass', async () => {
  expect(await refuse('Bearer good')).toBeUndefined();
});

it.each([
  [undefined, 401, 'auth.authorization_header_missing'],
  ['', 401, 'auth.authorization_header_missing'],
  ['Basic YTpi', 401, 'auth.authorization_token_type_not_supported'],
  ['bearer good', 401, 'auth.authorization_token_type_not_supported'],
  ['Bearer', 401, 'auth.unauthorized'],
  ['Bearer garbage', 401, 'auth.unauthorized'],
  ['Bearer without-permission', 403, 'auth.forbidden'],
])('%s: %i %s', async (header, status, code) => {
  expect(await refuse(header)).toEqual([status, code]);
});

const json = 'application/json; charset=utf-8';

it('counts bytes, not characters', () => {
  expect(isTooLarge('x'.repeat(1_048_576))).toBe(false);
  expect(isTooLarge('x'.repeat(1_048_577))).toBe(true);
  expect(isTooLarge(`${'é'.repeat(524_288)}`)).toBe(false);
  expect(isTooLarge(`${'é'.repeat(524_288)}x`)).toBe(true);
});

it.each([
  ['', {}],
  ['{"a":1}', { a: 1 }],
  [' \n[]', []],
])('parses %j', (text, value) => {
  expect(parseBody(text, json)).toEqual({ value });
});

it.each([
  ['"script"', 'invalid JSON, only supports object and array'],
  ['null', 'invalid JSON, only supports object and array'],
  ['{"script": ', 'Unexpected end of JSON input'],
])('refuses %j', (text, message) => {
  expect(parseBody(text, json)).toEqual({ message });
});

it('does not parse a body that is not sent as JSON', () => {
  expect(parseBody('{"a":1}', undefined)).toEqual({ value: {} });
  expect(parseBody('{"a":1}', 'text/plain;charset=UTF-8')).toEqual({ value: '{"a":1}' });
});

it('orders keys as Postgres does: the shortest first, then bytewise', () => {
  const value = { bbb: 1, é: 2, zz: { b: [{ dd: 1, c: 2 }], aa: null }, ab: 3, a: 4 };
  expect(JSON.stringify(toJsonb(value))).toBe(
    '{"a":4,"ab":3,"zz":{"b":[{"c":2,"dd":1}],"aa":null},"é":2,"bbb":1}',
  );
});

it('keeps the key __proto__', () => {
  expect(JSON.stringify(toJsonb(JSON.parse('{"__proto__":1,"a":2}')))).toBe('{"a":2,"__proto__":1}');
});

it.each([
  ['U+0000 in the script', { script: 'a\0b' }, 500],
  ['U+0000 further down', { environmentVariables: { A: '\0' } }, 500],
  ['U+0000 in a key', { environmentVariables: { '\0': '' } }, 500],
  ['a lone high surrogate', { script: 'a\uD800b' }, 422],
  ['a lone low surrogate', { contextSample: { user: { customData: { a: ['\uDC00'] } } } }, 422],
  ['the first of two', { script: '\uD800\0' }, 422],
])('refuses %s', (_, value, status) => {
  expect(refuseStorage(value)).toMatchObject({ status });
});

it.each([
  ['a pair of surrogates', { script: '💥' }],
  ['a literal escape sequence', { script: '\\u0000 \\ud800 \\\\u0000' }],
  ['every other control character', { script: '\u0001\u001f\u2028\ufeff' }],
])('stores %s', (_, value) => {
  expect(refuseStorage(value)).toBeUndefined();
});

it.each([
  ['1.28', '1.29', true],
  ['1.29', '1.29', false],
  ['1.30.1', '1.30', false],
  ['1.9', '1.28', true],
  ['1.100', '1.28', false],
  ['2.0', '1.43', false],
  ['1.50', '2.0', true],
])('%s before %s: %s', (release, since, expected) => {
  expect(isBefore(release, since)).toBe(expected);
});

const item = '/api/configs/jwt-customizer/access-token';

it.each([
  ['PUT', item, 'put'],
  ['PATCH', item, 'patch'],
  ['GET', item, 'get'],
  ['HEAD', item, 'get'],
  ['DELETE', item, 'delete'],
  ['GET', '/api/configs/jwt-customizer', 'list'],
  ['HEAD', '/api/configs/jwt-customizer', 'list'],
  ['GET', '/api/configs/jwt-customizer/?page=1', 'list'],
  ['POST', '/api/configs/jwt-customizer/test', 'test'],
  ['POST', '/oidc/token', 'token'],
])('%s %s is %s', (method, path, operation) => {
  expect(findRoute(method, path)).toMatchObject({ operation });
});

it.each([
  ['GET', '/api/configs/jwt-customizer/test', 'test'],
  ['PUT', '/api/configs/jwt-customizer/a%2Fb?x', 'a/b'],
  ['PUT', '/api/configs/jwt-customizer/%zz', '%zz'],
])('%s %s has the token type %s', (method, path, tokenTypePath) => {
  expect(findRoute(method, path)).toMatchObject({ tokenTypePath });
});

it.each([
  ['POST', item, 'PUT, PATCH, HEAD, GET, DELETE'],
  ['DELETE', '/api/configs/jwt-customizer', 'HEAD, GET'],
])('%s %s is refused and allows %s', (method, path, allow) => {
  expect(findRoute(method, path)).toEqual({ allow });
});

it.each(['/', '/api', `${item}/more`, '/api/configs/jwt-customizers', '/oidc/token'])(
  '%s has no route',
  (path) => {
    expect(findRoute('GET', path)).toBeUndefined();
  },
);

/** contracts/recordings/conditional.jsonl, "a read answers an ETag". */
const script = '// one\n';
const environmentVariables = { A: '1' };
const etag = '"36-bzUtCDZbuCTpD0rByI8PIreyy6A"';

it('computes the recorded ETag', () => {
  expect(etagOf('[]')).toBe('"2-l9Fw4VUO7kr8CvBlt4zaMCqXZ0w"');
  expect(etagOf(JSON.stringify({ script, environmentVariables }))).toBe(etag);
});

it.each([
  ['the same ETag', { 'if-none-match': etag }, true],
  ['one of a list, weak', { 'if-none-match': `"stale", W/${etag}` }, true],
  ['any', { 'if-none-match': '*' }, true],
  ['another ETag', { 'if-none-match': '"stale"' }, false],
  ['no ETag', {}, false],
  ['the same ETag, sent by fetch', { 'if-none-match': etag, 'cache-control': 'no-cache' }, false],
])('If-None-Match with %s', (_, headers, fresh) => {
  expect(isFresh(headers, etag)).toBe(fresh);
});
