import { expect, test } from 'vitest';
import type { Customizers } from '../case.ts';
import { newest, type Release } from '../releases.ts';
import { validate } from '../validate.ts';
import { createAsCase } from './as-case.ts';
import type { Step } from './step.ts';

const minor = (release: string): number => Number(release.split('.')[1]);
const releaseOf = (name: string): Release => ({ name, has: (other) => minor(other) <= minor(name) });

const asCase = (step: Step, given: Customizers = {}, release = newest) =>
  createAsCase(release, 'test')(step, given);

const patch = (body: { [field: string]: unknown }, tokenType = 'access-token'): Step =>
  ({ operation: 'patch', tokenType, body: { script: '', ...body } }) as Step;

const stored = { script: '// stored' };

test.each<[string, Step, Customizers, object]>([
  ['PUT creates', { operation: 'put', tokenType: 'access-token', body: stored }, {}, { status: 201 }],
  [
    'PUT replaces',
    { operation: 'put', tokenType: 'access-token', body: stored },
    { 'access-token': stored },
    { status: 200, body: 'replaced' },
  ],
  ['PATCH merges', patch({}), { 'access-token': stored }, { status: 200, body: 'merged' }],
  [
    'PATCH of what is missing',
    patch({}),
    { 'client-credentials': stored },
    { status: 404, code: 'entity.not_exists_with_id' },
  ],
  [
    'a refused body, of what is missing too',
    { ...patch({ script: 1 }), isRefused: true } as Step,
    {},
    { status: 400, code: 'guard.invalid_input' },
  ],
  ['DELETE', { operation: 'delete', tokenType: 'access-token' }, { 'access-token': stored }, { status: 204 }],
  [
    'DELETE of what is missing',
    { operation: 'delete', tokenType: 'access-token' },
    {},
    { status: 404, code: 'entity.not_found' },
  ],
  [
    'GET of what is missing',
    { operation: 'get', tokenType: 'access-token' },
    {},
    { status: 404, code: 'entity.not_exists_with_id' },
  ],
  ['the list', { operation: 'list' }, {}, { status: 200, body: 'list' }],
])('what is expected follows from what is stored: %s', (_, step, given, expected) => {
  expect(asCase(step, given)).toMatchObject({ given, expect: expected });
});

test('what a tenant drops is named, at any depth and in the right branch of a union', () => {
  const verificationRecords = [{ id: 'a', type: 'Totp', userId: 'u', verified: true, code: 'not of Totp' }];
  const contextSample = {
    user: { toString: 1, customData: { kept: 1 }, profile: { address: { unknown: 1 } } },
    interaction: { verificationRecords },
    constructor: 1,
  };
  expect(asCase(patch({ contextSample }), { 'access-token': stored }).expect.drops).toEqual([
    '/contextSample/user/toString',
    '/contextSample/user/profile/address/unknown',
    '/contextSample/interaction/verificationRecords/0/code',
    '/contextSample/constructor',
  ]);
});

test('a value with a `toString` of its own, where a name is expected, is none', () => {
  const odd = [{ toString: 1 }, 'constructor'];
  const body = { contextSample: { user: { mfaVerificationFactors: odd } } };
  expect(asCase({ ...patch(body), isRefused: true } as never, {}).since).toBeUndefined();
});

test.each([
  ['1.39', { blockIssuanceOnError: false }],
  ['1.41', { contextSample: { user: {}, organization: {}, application: {} } }],
  ['1.30', { contextSample: { user: { mfaVerificationFactors: ['Totp', 'EmailVerificationCode'] } } }],
  [
    '1.38',
    {
      contextSample: {
        user: {},
        interaction: { verificationRecords: [{ type: 'SignInPasskey', id: '', verified: true }] },
      },
    },
  ],
  [undefined, { contextSample: { user: { id: 'u' } }, tokenSample: { aud: ['a'] } }],
])('the case holds since %s, sent or stored', (since, body) => {
  expect(asCase(patch(body), { 'access-token': stored }).since).toBe(since);
  expect(asCase(patch({}), { 'access-token': { script: '', ...body } as never }).since).toBe(since);
});

test('before 1.37 a context of client credentials is kept whole, which the document does not know', () => {
  const release = releaseOf('1.36');
  const body = { contextSample: { any: { thing: 1 } } };
  const given = { 'client-credentials': { script: '', ...body } };
  const written = asCase(patch(body, 'client-credentials'), given, release);
  expect(written.before).toBe('1.37');
  expect(written.expect.drops).toBeUndefined();
  expect(written.expect.undocumented).toEqual(['/contextSample/any']);
  const list = asCase({ operation: 'list' }, { 'access-token': stored, ...given }, release);
  const exchange = {
    status: 200,
    headers: { 'content-type': 'application/json', etag: '"x"', 'logto-core-request-id': 'x' },
    body: [
      { key: 'jwt.accessToken', value: stored },
      { key: 'jwt.clientCredentials', value: given['client-credentials'] },
    ],
    hasAllHeaders: true,
    after: {},
  };
  expect(validate(list, exchange)).toEqual([]);
  const now = asCase(patch(body, 'client-credentials'), { 'client-credentials': stored });
  expect(now).toMatchObject({ since: '1.37', expect: { drops: ['/contextSample/any'] } });
});
