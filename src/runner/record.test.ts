/** The guards are those of Logto's server: its own, which it publishes, judge the same values. */
import { jsonObjectGuard } from '@logto/schemas';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toJsonRecord, toRecord } from './answer.ts';

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

describe('the guard of an answer is the official one', () => {
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
