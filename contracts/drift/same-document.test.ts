/** However a document is written: as long as it says the same, it is no drift. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/contract/json.ts';
import { compareDocuments } from '../../src/drift/compare.ts';
import { ours, tenants } from './documents.ts';
import { randomOf, rewrites } from './rewrites.ts';

const names = Object.keys(rewrites);
const documents = [ours, ...tenants];

const rewritten = (document: Json, steps: readonly string[], seed: number): Json => {
  const random = randomOf(seed);
  return steps.reduce(
    (written, name) => (rewrites[name] as (typeof rewrites)[string])(written, random),
    document,
  );
};

const differences = (a: Json, b: Json) => compareDocuments(a, b).differences;

test.each(names)('%s: the document is written otherwise', (name) => {
  const written = documents.filter(
    ({ document }) => JSON.stringify(rewritten(document, [name], 2)) !== JSON.stringify(document),
  );
  expect(written.length).toBeGreaterThan(0);
});

describe.each(documents)('$name', ({ document }) => {
  test('is no drift from a copy of itself', () => {
    expect(differences(document, structuredClone(document))).toEqual([]);
  });

  test.each(names)('%s', (name) => {
    const other = rewritten(document, [name], 1);
    expect(differences(document, other)).toEqual([]);
  });

  test('rewritten in several ways, one after another', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...names), { minLength: 2, maxLength: 6 }),
        fc.nat(),
        (steps, seed) => {
          const other = rewritten(document, steps, seed);
          expect(differences(document, other)).toEqual([]);
          expect(differences(other, document)).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
  });
});

const withSchemas = (schemas: { [name: string]: Json }): Json => ({
  openapi: '3.1.0',
  paths: {
    '/api/configs/jwt-customizer': {
      get: {
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } },
        },
      },
    },
  },
  components: { schemas },
});

test('the keys of a value stand in another order', () => {
  const [a, b] = [
    { x: 1, y: [{ p: 1, q: 2 }] },
    { y: [{ q: 2, p: 1 }], x: 1 },
  ];
  const of = (value: Json): Json => withSchemas({ A: { type: 'object', default: value, enum: [value] } });
  expect(differences(of(a), of(b))).toEqual([]);
  expect(differences(of(a), of({ ...a, x: 2 }))).not.toEqual([]);
});

describe('a schema that refers to itself', () => {
  const node = (next: Json, of: Json = { type: 'string' }): Json => ({
    type: 'object',
    properties: { next, of },
  });
  const itself = withSchemas({ A: node({ $ref: '#/components/schemas/A' }) });

  test.each<[string, Json]>([
    ['unrolled once', withSchemas({ A: node(node({ $ref: '#/components/schemas/A' })) })],
    [
      'by a detour',
      withSchemas({
        A: node({ $ref: '#/components/schemas/B' }),
        B: node({ $ref: '#/components/schemas/A' }),
      }),
    ],
    ['behind allOf', withSchemas({ A: { allOf: [node({ allOf: [{ $ref: '#/components/schemas/A' }] })] } })],
  ])('is no drift from itself %s', (_, other) => {
    expect(differences(itself, other)).toEqual([]);
    expect(differences(other, itself)).toEqual([]);
  });

  test('is drift where it changes', () => {
    const other = withSchemas({ A: node({ $ref: '#/components/schemas/A' }, { type: 'number' }) });
    expect(differences(itself, other)).toMatchObject([{ code: 'type-changed', field: '/of' }]);
  });

  test('of any JSON is any JSON', () => {
    const ref = { $ref: '#/components/schemas/A' };
    const json = withSchemas({
      A: {
        anyOf: [
          { type: ['string', 'number', 'boolean', 'null'] },
          { type: 'array', items: ref },
          { type: 'object', additionalProperties: ref },
        ],
      },
    });
    expect(differences(json, withSchemas({ A: {} }))).toEqual([]);
    expect(differences(json, withSchemas({ A: { type: 'object' } }))).toMatchObject([
      { code: 'type-narrower' },
    ]);
  });

  test('and of nothing else says nothing', () => {
    const empty = withSchemas({ A: { $ref: '#/components/schemas/A' } });
    expect(differences(empty, withSchemas({ A: {} }))).toEqual([]);
  });
});
