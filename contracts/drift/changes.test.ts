/** Planted changes: each is found in requests and responses, and classified by its effect on clients. */
import { beforeAll, describe, expect, test } from 'vitest';
import { toPointer, valueAt } from '../../src/contract/json.ts';
import { driftOf, type Finding } from '../../src/drift/report.ts';
import { missed, operation, operationChanges, schemaChanges, type Verdict } from './changes.ts';

/** All rows at once, each as a separate operation, so that Redocly starts only once. */
const documentOf = (side: 1 | 2): object => {
  const body = (row: (typeof schemaChanges)[number]) => ({
    'application/json': { schema: { type: 'object', properties: { field: row[side] } } },
  });
  const item = (name: string, post: object): [string, object] => [pathOf(name), { post }];
  return {
    openapi: '3.0.1',
    paths: Object.fromEntries([
      ...schemaChanges.flatMap((row) => [
        item(`request ${row[0]}`, { requestBody: { content: body(row) }, responses: {} }),
        item(`response ${row[0]}`, { responses: { 200: { content: body(row) } } }),
      ]),
      ...[...operationChanges, ...missed].map((row) => item(row[0], { ...operation, ...row[side] })),
    ]),
    components: {
      securitySchemes: { kept: { type: 'http' }, changed: { type: side === 1 ? 'http' : 'openIdConnect' } },
    },
  };
};
const pathOf = (name: string): string => `/api/configs/jwt-customizer/${name}`;
const [old, now] = [
  { name: 'old', document: documentOf(1) },
  { name: 'now', document: documentOf(2) },
];

let findings: Finding[];
beforeAll(async () => {
  ({ findings } = await driftOf(JSON.parse(JSON.stringify(now)), JSON.parse(JSON.stringify(old))));
}, 60_000);

const of = (name: string): Finding[] =>
  findings.filter(({ places }) => places.some((place) => place.operation.endsWith(`/${name}`)));

/** The pointer to the field in a request's schema. */
const placeOf = (name: string, document: string, ...below: string[]) => ({
  operation: `POST ${pathOf(`request ${name}`)}`,
  document,
  pointer: toPointer([
    ...['paths', pathOf(`request ${name}`), 'post', 'requestBody', 'content', 'application/json', 'schema'],
    ...['properties', 'field', ...below],
  ]),
});

const verdictOn = (name: string): Verdict => {
  const found = of(name);
  return found.length === 0 ? 'none' : found.some(({ breaking }) => breaking) ? 'breaking' : 'compatible';
};

describe('a schema', () => {
  test.each(schemaChanges)('%s', (name, _, __, request, response) => {
    expect({ request: verdictOn(`request ${name}`), response: verdictOn(`response ${name}`) }).toEqual({
      request,
      response,
    });
  });
});

describe('an operation', () => {
  test.each(operationChanges)('%s', (name, _, __, verdict) => {
    expect(verdictOn(name)).toBe(verdict);
  });
});

test.each(missed)('missed: %s', (name, _, __, verdict) => {
  expect(verdictOn(name)).toBe(verdict);
});

test('a security scheme changes', () => {
  const found = findings.filter(({ places: [place] }) => place?.operation === 'every operation');
  expect(found).toMatchObject([{ breaking: true, field: '/components/securitySchemes/changed' }]);
});

test.each([
  ['a field is removed', placeOf('a field is removed', 'old', 'properties', 'a')],
  ['a field becomes required', placeOf('a field becomes required', 'now')],
])('%s: its place is in the old document when it is gone, else in the new one', (name, place) => {
  expect(of(`request ${name}`).flatMap(({ places }) => places)).toContainEqual(place);
});

test('each place is in the named document, below its operation', () => {
  for (const { places } of findings)
    for (const { operation, document, pointer } of places) {
      expect([pointer, valueAt(document === 'old' ? old.document : now.document, pointer)]).not.toContain(
        undefined,
      );
      const [, path = ''] = operation.split('POST ');
      expect(pointer).toContain(operation === 'every operation' ? '/components' : toPointer(['paths', path]));
    }
});
