/** A broken document is compared as far as possible, or refused with a message that names it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isObject, type Json } from '../../src/contract/json.ts';
import { readDocument } from '../../src/contract/recordings/index.ts';
import { normalize } from '../../src/drift/normalize.ts';

/** Values of the wrong type, useless values, and names that every object inherits. */
const odd: Json[] = [
  ...[null, true, false, -1, '', 'x', [], {}, [null], ['null'], { a: null }, { constructor: 1 }],
  ...[
    { $ref: '#/paths' },
    { $ref: 5 },
    { $ref: '#/a%' },
    { type: 5 },
    { type: ['string', 5] },
    { format: {} },
  ],
  ...[
    { enum: 'x' },
    { enum: [] },
    { required: 'x' },
    { properties: [1] },
    { anyOf: {} },
    { anyOf: [null, 5] },
  ],
];

/** A copy in which some values, given by their index, are replaced. */
const broken = (node: Json, changes: Map<number, Json>, at = { count: 0 }): Json => {
  const change = changes.get(at.count++);
  if (change !== undefined) return structuredClone(change);
  if (Array.isArray(node)) return node.map((one) => broken(one, changes, at));
  if (!isObject(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([key, one]) => [key, broken(one, changes, at)]));
};

test('a recorded document that is broken in some places', () => {
  const document = JSON.parse(readDocument('1.28')) as Json;
  const places = { count: 0 };
  broken(document, new Map(), places);
  const change = fc.tuple(fc.nat(places.count - 1), fc.constantFrom(...odd));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      try {
        normalize({ name: 'tenant.json', document: broken(document, new Map(changes)) });
      } catch (error) {
        expect((error as Error).message).toMatch(/^tenant\.json (is not|has no|refers to) /);
      }
    }),
    { numRuns: 300 },
  );
});
