/** A document that is broken somewhere is compared as far as it goes, or refused in a sentence; it never crashes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../src/contract/json.ts';
import { markdownOf } from '../../src/drift/markdown.ts';
import { UnreadableDocumentError } from '../../src/drift/references.ts';
import { driftOf } from '../../src/drift/report.ts';
import { textOf } from '../../src/drift/text.ts';
import { oldest, ours } from './documents.ts';

/** Of the wrong type, of no use, or named like what every object has. */
const odd: Json[] = [
  null,
  true,
  -1,
  '',
  'x',
  [],
  {},
  [null],
  ['null'],
  { a: null },
  { $ref: '#/paths' },
  { $ref: 5 },
  { constructor: 1, toString: {} },
  { type: 5 },
  { type: ['string', 5] },
  { enum: 'x' },
  { enum: [] },
  { required: 'x' },
  { properties: [1] },
  { anyOf: {} },
  { anyOf: [null, 5] },
  { oneOf: [] },
];

type Slot = [{ [key: string]: Json }, string];

const slotsOf = (node: Json): Slot[] =>
  typeof node === 'object' && node !== null
    ? Object.keys(node).flatMap((key): Slot[] => {
        const parent = node as Slot[0];
        return [[parent, key], ...slotsOf(parent[key] as Json)];
      })
    : [];

test('an operation that is none is named', () => {
  const path = '/api/configs/jwt-customizer';
  const document = { openapi: '3.0.1', paths: { [path]: { get: null } } };
  expect(() => driftOf(ours, { name: 'broken', document })).toThrow(
    new UnreadableDocumentError('/paths/~1api~1configs~1jwt-customizer/get is no operation'),
  );
});

test.each([ours, oldest])('$name, broken in some places', ({ document }) => {
  const change = fc.tuple(fc.nat(), fc.constantFrom(...odd));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const broken = structuredClone(document) as { [key: string]: Json };
      for (const [index, value] of changes) {
        const slots = slotsOf(broken['paths'] as Json);
        const slot = slots[index % slots.length];
        if (slot !== undefined) slot[0][slot[1]] = structuredClone(value);
      }
      try {
        const report = driftOf(ours, { name: 'broken', document: broken });
        expect(textOf(report) + markdownOf(report)).not.toContain('[object Object]');
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableDocumentError);
      }
    }),
    { numRuns: 40 },
  );
});
