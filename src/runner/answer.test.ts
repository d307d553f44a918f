import { jsonObjectGuard } from '@logto/schemas';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer, denied, type Failure, notAnObject, type Result, toJsonRecord, toRecord } from './answer.ts';

const failed = (message: unknown, status = 500): Result => ({
  failure: { status, body: { message } } as Failure,
});
const record = (claims: Record<string, unknown>): Result => ({ record: claims });
const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

const claims = (json: string) => ({ status: 200, json });
const lost = (why: string) => ({ status: 200, json: '{}', lost: why });
const noObject = lost('The claims are no object in JSON.');
const unreadable = lost('The script failed with what the tenant cannot read.');
const says = (status: number, message: string) => ({ status, message });
const wrong = { status: 500 };

test.each<[string, Result, forTest: unknown, forIssue: unknown]>([
  ['claims', record({ a: 1 }), claims('{"a":1}'), claims('{"a":1}')],
  ['claims that are undefined', record({ a: undefined, b: 1 }), claims('{"b":1}'), claims('{"b":1}')],
  ['a BigInt', record({ a: 1n }), wrong, wrong],
  ['a circle', record({ a: cyclic }), wrong, wrong],
  ['NaN', record({ a: Number.NaN }), wrong, claims('{"a":null}')],
  ['a Date', record({ a: new Date(0) }), wrong, claims('{"a":"1970-01-01T00:00:00.000Z"}')],
  ['claims that JSON makes a text of', record({ toJSON: () => 'text' }), wrong, noObject],
  ['claims that JSON makes nothing of', record({ toJSON: () => undefined }), wrong, noObject],
  ['an error', failed('boom'), says(422, 'boom'), lost('boom')],
  ['no object', notAnObject, says(422, 'Invalid input'), lost('Invalid input')],
  ['a denial', { failure: denied('no') }, says(403, 'no'), says(400, 'no')],
  [
    'a denial with an object',
    { failure: denied({ a: 1 }) },
    says(500, 'Response error 403: '),
    lost('Response error 403: '),
  ],
  ['a denial that JSON cannot hold', { failure: denied(1n) }, wrong, unreadable],
  [
    'an error without a text',
    failed({}, 422),
    says(500, 'Response error 422: '),
    lost('Response error 422: '),
  ],
  ['what broke', { broken: true }, wrong, unreadable],
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

const official = (value: unknown): string | undefined => {
  const result = jsonObjectGuard.safeParse(value);
  return result.success ? JSON.stringify(result.data) : undefined;
};

const ours = (value: unknown): string | undefined => {
  const record = toRecord(value);
  if (record === undefined) return undefined;
  try {
    return JSON.stringify(toJsonRecord(record));
  } catch {
    return undefined;
  }
};

const withThen = (then: unknown, others: object = {}): object =>
  Object.defineProperty(others, 'then', { value: then, enumerable: true });

describe('the guard of a response is the official one', () => {
  test('for any value', () => {
    const anything = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withUnicodeString: true,
    });
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.oneof(anything, fc.dictionary(fc.string(), fc.oneof(anything, fc.jsonValue()))),
        (value) => {
          const expected = official(value);
          if (expected !== undefined) accepted += 1;
          expect(ours(value)).toBe(expected);
        },
      ),
      { numRuns: 400 },
    );
    // An oracle that refuses everything proves nothing.
    expect(accepted).toBeGreaterThan(40);
  });

  test.each<[string, unknown, string | undefined]>([
    ['inherited properties', { a: Object.create({ b: 1 }) }, '{"a":{"b":1}}'],
    ['__proto__', JSON.parse('{"__proto__":1,"a":{"__proto__":2,"b":1}}'), '{"a":{"b":1}}'],
    ['Infinity', { a: Number.POSITIVE_INFINITY }, '{"a":null}'],
    ['NaN', { a: Number.NaN }, undefined],
    ['a hole', { a: new Array(2) }, undefined],
    ['a function', { a: () => 1 }, undefined],
    ['toJSON', { a: { toJSON: () => 1 } }, undefined],
    ['a promise', { a: Promise.resolve() }, undefined],
    ['what looks like a promise', { a: withThen(() => {}, { catch: () => {} }) }, undefined],
    ['an object with then alone', { a: withThen(1) }, '{"a":{"then":1}}'],
    ['a Date', { a: new Date(0) }, undefined],
    ['a text object', { a: new String('s') }, '{"a":{"0":"s"}}'],
    ['an array', ['a'], undefined],
    ['a Map', new Map(), undefined],
  ])('for %s', (_, value, expected) => {
    expect(ours(value)).toBe(expected);
    expect(official(value)).toBe(expected);
  });
});

test('a record keeps what is undefined and what JSON does not know', () => {
  const call = () => {};
  expect(toRecord({ a: undefined, b: call })).toEqual({ a: undefined, b: call });
});

test('a getter that throws is the script at fault', () => {
  const value = {
    get a() {
      throw new Error('boom');
    },
  };
  expect(() => toRecord(value)).toThrow('boom');
});
