/** Two ways to say the same are no drift. */
import { describe, expect, test } from 'vitest';
import { isObject, type Json } from '../../src/contract/json.ts';
import { readDocument, recordedReleases } from '../../src/contract/recordings/index.ts';
import { driftOf } from '../../src/drift/report.ts';
import { operation } from './changes.ts';

type JsonObject = { [key: string]: Json };

const text = { type: 'string' };
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const having = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties,
  ...more,
});
const kind = (name: string): JsonObject => having({ kind: { const: name } }, { required: ['kind'] });

const schemas: [name: string, one: Json, other: Json][] = [
  ['a reference', ref('Text'), text],
  ['an escaped reference', ref('a~1b~0c%20d'), text],
  ['a reference with a description', { ...ref('Text'), description: 'x' }, text],
  ['a reference with null beside it', { ...ref('Text'), nullable: true }, { ...text, nullable: true }],
  ['prose', { ...text, title: 'x', description: 'x', example: 'x', 'x-more': 1 }, text],
  ['prose, not fields named like it', having({ title: { ...text, title: 'x' } }), having({ title: text })],
  ['null as nullable and as a type', { ...text, nullable: true }, { type: ['string', 'null'] }],
  [
    'null as nullable and as an alternative',
    { ...text, nullable: true },
    { anyOf: [text, { type: 'null' }] },
  ],
  ['null as a constant', { oneOf: [{ const: null }, ref('Text')] }, { ...text, nullable: true }],
  ['null in an enum', { type: 'string', nullable: true, enum: ['a', null] }, { enum: [null, 'a'] }],
  ['a literal as const and as an enum', { const: 'a' }, { type: 'string', enum: ['a'] }],
  ['a literal as Logto writes it', { type: 'string', format: '"a"' }, { const: 'a' }],
  [
    'an order',
    having({ a: text, b: text }, { required: ['a', 'b'] }),
    having({ b: text, a: text }, { required: ['b', 'a'] }),
  ],
  [
    'an order of enum values and types',
    { enum: ['a', 1], type: ['string', 'number'] },
    { type: ['number', 'string'], enum: [1, 'a'] },
  ],
  ['an allOf of one', { allOf: [ref('Text')], nullable: true }, { ...text, nullable: true }],
  ['an anyOf of one', { anyOf: [text] }, text],
  [
    'types as alternatives and as a list',
    { oneOf: [text, { type: 'number' }] },
    { type: ['string', 'number'] },
  ],
  ['variants in another order', { oneOf: [kind('A'), kind('B')] }, { oneOf: [kind('B'), kind('A')] }],
  [
    'variants that a literal tells apart',
    { oneOf: [kind('A'), kind('B')] },
    { anyOf: [kind('A'), kind('B')] },
  ],
  [
    'a discriminator',
    { oneOf: [kind('A'), kind('B')], discriminator: { propertyName: 'kind' } },
    { oneOf: [kind('A'), kind('B')] },
  ],
  ['fields of any kind', { type: 'object', additionalProperties: true }, { type: 'object' }],
  ['fields of an empty schema', { type: 'object', additionalProperties: {} }, { type: 'object' }],
  ['what is false by default', { ...text, nullable: false, readOnly: false, deprecated: false }, text],
  ['nothing required', having({ a: text }, { required: [] }), having({ a: text })],
  ['a schema that refers to itself', ref('Tree'), ref('SameTree')],
];

const { responses } = operation;
const withHeader = (name: string): object => ({
  responses: { 200: { ...responses[200], headers: { [name]: { schema: text } } } },
});
const withType = (name: string): object => ({
  requestBody: {
    ...operation.requestBody,
    content: { [name]: operation.requestBody.content['application/json'] },
  },
});
const parameter = { name: 'dry', in: 'query', schema: text };

const operations: [name: string, one: object, other: object][] = [
  ['words and ids', { operationId: 'a', summary: 'a', tags: ['a'], description: 'a' }, { operationId: 'b' }],
  ['a header in lower case', withHeader('ETag'), withHeader('etag')],
  ['a header that OpenAPI ignores', withHeader('Content-Type'), {}],
  [
    'parameters that OpenAPI ignores',
    {
      parameters: ['Accept', 'authorization', 'Content-Type'].map((name) => ({
        name,
        in: 'header',
        required: true,
      })),
    },
    {},
  ],
  [
    'a header parameter in lower case',
    { parameters: [{ name: 'If-Match', in: 'header' }] },
    { parameters: [{ name: 'if-match', in: 'header' }] },
  ],
  [
    'a media type in capitals, with its charset',
    withType('Application/JSON; charset="UTF-8"'),
    withType('application/json'),
  ],
  ['an optional parameter', { parameters: [{ ...parameter, required: false }] }, { parameters: [parameter] }],
  ['security in another order', { security: [{ a: [] }, { b: [] }] }, { security: [{ b: [] }, { a: [] }] }],
  ['security of the whole document', { security: [{ all: ['x'] }] }, {}],
];

const path = (name: string): string => `/api/configs/jwt-customizer/${name}`;
const documentOf = (side: 1 | 2): JsonObject => ({
  openapi: '3.1.0',
  security: [{ all: ['x'] }],
  paths: JSON.parse(
    JSON.stringify(
      Object.fromEntries([
        ...schemas.map((row) => [
          path(row[0]),
          {
            post: {
              requestBody: { content: { 'application/json': { schema: row[side] } } },
              responses: { 200: { content: { 'application/json': { schema: row[side] } } } },
            },
          },
        ]),
        ...operations.map((row) => [path(row[0]), { post: { ...operation, ...row[side] } }]),
        side === 1
          ? [path('moved/{id}'), { parameters: [parameter], get: operation, servers: [] }]
          : [path('moved/{key}'), { get: { ...operation, parameters: [parameter] } }],
        [`/api/other/${side}`, { get: operation }],
      ]),
    ),
  ),
  components: {
    schemas: {
      Text: text,
      'a/b~c d': text,
      Tree: having({ next: ref('Tree') }),
      SameTree: having({ next: ref('SameTree') }),
    },
  },
});

/** What a change of places leaves: the names of the operations. */
const driftBetween = async (old: Json, now: Json): Promise<string[]> => {
  const { findings } = await driftOf({ name: 'now', document: now }, { name: 'old', document: old });
  return findings.flatMap(({ message, field, places }) =>
    places.map(({ operation }) => `${operation} ${field} ${message}`),
  );
};

test('all spellings, in both directions', async () => {
  expect(await driftBetween(documentOf(1), documentOf(2))).toEqual([]);
  expect(await driftBetween(documentOf(2), documentOf(1))).toEqual([]);
}, 60_000);

/** Another spelling of every schema: keys, lists, null, literals, and objects as components. */
const respelled = (document: JsonObject): JsonObject => {
  const parts: JsonObject = {};
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk).reverse();
    if (!isObject(value)) return value;
    const made = Object.fromEntries(
      Object.entries(value)
        .map(([key, one]) => [key, walk(one)] as const)
        .reverse(),
    );
    const { nullable, format, ...rest } = made;
    if (nullable === true)
      return { anyOf: [{ type: 'null' }, { ...rest, ...(format !== undefined && { format }) }] };
    if (typeof format === 'string' && format.startsWith('"'))
      return { const: JSON.parse(format), description: 'x' };
    if (made['type'] !== 'object') return made;
    const name = `Part${Object.keys(parts).length}`;
    parts[name] = made;
    return ref(name);
  };
  const paths = walk(JSON.parse(JSON.stringify(document['paths']).replaceAll('tokenTypePath', 'kind')));
  return {
    ...document,
    openapi: '3.1.0',
    paths,
    components: { ...(document['components'] as JsonObject), schemas: parts },
  };
};

describe.each(recordedReleases)('Logto %s', (release) => {
  test('is no drift from another spelling of itself', async () => {
    const document = JSON.parse(readDocument(release)) as JsonObject;
    const other = respelled(document);
    expect(JSON.stringify(other)).not.toContain('nullable');
    expect(await driftBetween(document, other)).toEqual([]);
    expect(await driftBetween(other, document)).toEqual([]);
  }, 60_000);
});
