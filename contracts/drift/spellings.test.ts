/** Pairs of small schemas: what means the same is no drift, what looks alike and does not is. */
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/contract/json.ts';
import { compareDocuments } from '../../src/drift/compare.ts';

const documentOf = (schema: Json): Json => ({
  openapi: '3.1.0',
  paths: {
    '/api/configs/jwt-customizer': {
      get: { responses: { 200: { content: { 'application/json': { schema } } } } },
    },
  },
  components: {
    schemas: {
      Text: { type: 'string' },
      'a/b~c d%': { type: 'string' },
      One: { anyOf: [{ $ref: '#/components/schemas/Other' }, { type: 'string' }] },
      Other: { anyOf: [{ $ref: '#/components/schemas/One' }, { type: 'number' }] },
    },
  },
});

const found = (old: Json, now: Json): string[] =>
  compareDocuments(documentOf(old), documentOf(now)).differences.map(({ code, field, keyword }) =>
    [code, field, keyword].filter(Boolean).join(' '),
  );

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const text: Json = { type: 'string' };
const having = (properties: { [name: string]: Json }, more: { [keyword: string]: Json } = {}): Json => ({
  type: 'object',
  properties,
  ...more,
});
const closed = { additionalProperties: false };

describe('the same', () => {
  test.each<[string, Json, Json]>([
    [
      'a reference with null beside it',
      { anyOf: [ref('Text'), { const: null }] },
      { type: ['null', 'string'] },
    ],
    [
      'null in an enum',
      { type: 'string', nullable: true, enum: ['a', null] },
      { anyOf: [{ const: 'a' }, { type: 'null' }] },
    ],
    ['an escaped reference', ref('a~1b~0c%20d%25'), text],
    ['an anyOf of one, a list of one type', { anyOf: [text] }, { type: ['string'] }],
    ['a value listed twice', { enum: ['a', 'b', 'a'] }, { enum: ['b', 'a'] }],
    ['a union that is in itself', ref('One'), { type: ['string', 'number'] }],
    ['a union that is in itself, from the other end', ref('Other'), { type: ['string', 'number'] }],
    [
      'both ends of such a union',
      having({ a: ref('One'), b: ref('Other') }),
      having({ b: ref('One'), a: ref('Other') }),
    ],
    [
      'unevaluated fields of any kind',
      having({ a: text }, { unevaluatedProperties: true }),
      having({ a: text }),
    ],
    [
      'names in a list of what depends',
      having({}, { dependentRequired: { a: ['b', 'c'] } }),
      having({}, { dependentRequired: { a: ['c', 'b'] } }),
    ],
    [
      'a field that another part of an allOf refuses',
      { allOf: [having({ a: text }, closed), having({ b: text })] },
      having({ a: text }, closed),
    ],
    [
      'a field that is to another part one of a map',
      { allOf: [having({ a: { minLength: 1 } }), { type: 'object', additionalProperties: text }] },
      having({ a: { type: 'string', minLength: 1 } }, { additionalProperties: text }),
    ],
  ])('%s', (_, one, other) => {
    expect(found(one, other)).toEqual([]);
    expect(found(other, one)).toEqual([]);
  });
});

describe('not the same', () => {
  test.each<[string, Json, Json, string[]]>([
    [
      'a list that may hold nothing of it',
      { type: 'array' },
      { type: 'array', contains: false },
      ['keyword-changed contains'],
    ],
    ['no name at all', having({}), having({}, { propertyNames: false }), ['keyword-changed propertyNames']],
    [
      'no more items',
      { type: 'array' },
      { type: 'array', unevaluatedItems: false },
      ['keyword-changed unevaluatedItems'],
    ],
    [
      'whole numbers in one of two variants',
      {
        anyOf: [
          { type: 'number', minimum: 9 },
          { type: 'number', maximum: 0 },
        ],
      },
      {
        anyOf: [
          { type: 'integer', minimum: 9 },
          { type: 'number', maximum: 0 },
        ],
      },
      ['type-narrower'],
    ],
    [
      'a required field that another part refuses',
      having({ a: text }, closed),
      { allOf: [having({ a: text }, closed), having({ b: text }, { required: ['b'] })] },
      ['field-added-required /b'],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(found(old, now)).toEqual(expected);
    expect(found(now, old)).toHaveLength(expected.length);
  });
});

test('a reference that cannot be decoded is named', () => {
  expect(() => found(ref('a%'), text)).toThrow('refers to #/components/schemas/a%, which does not exist');
});
