/** Equivalent spellings are not drift. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isObject, type Json } from '../../src/contract/json.ts';
import { readDocument, recordedReleases } from '../../src/contract/recordings/index.ts';
import { driftOf } from '../../src/drift/report.ts';
import { operation } from './changes.ts';

type JsonObject = { [key: string]: Json };

const text = { type: 'string' };
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const having = (properties: JsonObject): JsonObject => ({ type: 'object', properties });

const { spellings } = parse(readFileSync(new URL('schema-spellings.yaml', import.meta.url), 'utf8')) as {
  spellings: Record<string, [one: Json, other: Json]>;
};
const schemas = Object.entries(spellings).map(([name, [one, other]]) => [name, one, other] as const);

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

/** The operations' names, which stay when their places change. */
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

/** An equivalent spelling of every schema: keys, lists, null, literals, and objects as components. */
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
  test('has no drift from an equivalent spelling', async () => {
    const document = JSON.parse(readDocument(release)) as JsonObject;
    const other = respelled(document);
    expect(JSON.stringify(other)).not.toContain('nullable');
    expect(await driftBetween(document, other)).toEqual([]);
    expect(await driftBetween(other, document)).toEqual([]);
  }, 60_000);
});
