import { describe, expect, test } from 'vitest';
import { answer, denied, type Failure, notAnObject, type Result } from './answer.ts';

const failed = (message: unknown, status = 500): Result => ({
  failure: { status, body: { message } } as Failure,
});
const record = (claims: Record<string, unknown>): Result => ({ record: claims });
const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

test.each<[string, Result, unknown, unknown]>([
  ['claims', record({ a: 1 }), { status: 200, json: '{"a":1}' }, { status: 200, json: '{"a":1}' }],
  [
    'claims that are undefined',
    record({ a: undefined, b: 1 }),
    { status: 200, json: '{"b":1}' },
    { status: 200, json: '{"b":1}' },
  ],
  ['a BigInt', record({ a: 1n }), { status: 500 }, { status: 500 }],
  ['a circle', record({ a: cyclic }), { status: 500 }, { status: 500 }],
  ['NaN', record({ a: Number.NaN }), { status: 500 }, { status: 200, json: '{"a":null}' }],
  [
    'a Date',
    record({ a: new Date(0) }),
    { status: 500 },
    { status: 200, json: '{"a":"1970-01-01T00:00:00.000Z"}' },
  ],
  [
    'claims that JSON makes a text of',
    record({ toJSON: () => 'text' }),
    { status: 500 },
    { status: 200, json: '{}', lost: 'The claims are no object in JSON.' },
  ],
  [
    'claims that JSON makes nothing of',
    record({ toJSON: () => undefined }),
    { status: 500 },
    { status: 200, json: '{}', lost: 'The claims are no object in JSON.' },
  ],
  ['an error', failed('boom'), { status: 422, message: 'boom' }, { status: 200, json: '{}', lost: 'boom' }],
  [
    'no object',
    notAnObject,
    { status: 422, message: 'Invalid input' },
    { status: 200, json: '{}', lost: 'Invalid input' },
  ],
  ['a denial', { failure: denied('no') }, { status: 403, message: 'no' }, { status: 400, message: 'no' }],
  [
    'a denial with an object',
    { failure: denied({ a: 1 }) },
    { status: 500, message: 'Response error 403: ' },
    { status: 200, json: '{}', lost: 'Response error 403: ' },
  ],
  [
    'a denial that JSON cannot hold',
    { failure: denied(1n) },
    { status: 500 },
    { status: 200, json: '{}', lost: 'The script failed with what the tenant cannot read.' },
  ],
  [
    'an error without a text',
    failed({}, 422),
    { status: 500, message: 'Response error 422: ' },
    { status: 200, json: '{}', lost: 'Response error 422: ' },
  ],
  [
    'what broke',
    { broken: true },
    { status: 500 },
    { status: 200, json: '{}', lost: 'The script failed with what the tenant cannot read.' },
  ],
])('%s', (_, result, forTest, forIssue) => {
  expect(answer('test', result, true)).toEqual(forTest);
  expect(answer('issue', result, true)).toEqual(forIssue);
});

describe('a lone surrogate', () => {
  test.each<[string, Result]>([
    ['in a claim', record({ a: 'x\ud800' })],
    ['in the name of a claim', record({ '\udfff': 1 })],
    ['deep inside', record({ a: [{ b: '\ud83d' }] })],
    ['after a backslash', record({ a: '\\\ud800' })],
    ['in an error', failed('\ud800')],
    ['in a denial', { failure: denied('\ud800') }],
  ])('%s costs the token where runs are logged', (_, result) => {
    expect(answer('issue', result, true)).toEqual({ status: 422 });
    expect(answer('issue', result, false).status).not.toBe(422);
    expect(answer('test', result, true)).toEqual(answer('test', result, false));
  });

  test.each<[string, Result]>([
    ['a pair', record({ a: '\ud83d\ude00' })],
    ['the text of an escape', record({ a: '\\ud800' })],
    ['a denial whose object is not read', { failure: denied({ a: '\ud800' }) }],
  ])('is not %s', (_, result) => {
    expect(answer('issue', result, true).status).toBe(200);
  });
});
