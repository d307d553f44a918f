/** Changes between two documents of an API, and the effect of each on clients. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Json } from '../../src/contract/json.ts';

export type Verdict = 'breaking' | 'compatible' | 'none';

/** A schema before and after, in requests and in responses: a row of `schema-changes.yaml`. */
export type SchemaChange = [name: string, old: Json, now: Json, request: Verdict, response: Verdict];

/** An operation before and after: the given fields replace those of {@link operation}. */
export type OperationChange = [name: string, old: object, now: object, verdict: Verdict];

type Schema = { [keyword: string]: Json };

const text: Schema = { type: 'string' };
const number: Schema = { type: 'number' };
const having = (properties: Schema): Schema => ({ type: 'object', properties });
interface Rows {
  request: Verdict;
  response: Verdict;
  rows: Record<string, [old: Json, now: Json]>;
}

const written = parse(readFileSync(new URL('schema-changes.yaml', import.meta.url), 'utf8')) as {
  changes: Rows[];
};

export const schemaChanges: SchemaChange[] = written.changes.flatMap(({ request, response, rows }) =>
  Object.entries(rows).map(([name, [old, now]]): SchemaChange => [name, old, now, request, response]),
);

/** Changes of operations, by their effect. */
const operations = (verdict: Verdict, rows: Record<string, [old: object, now: object]>): OperationChange[] =>
  Object.entries(rows).map(([name, [old, now]]) => [name, old, now, verdict]);

const json = { 'application/json': { schema: having({ a: text }) } };
const dry = { name: 'dry', in: 'query', schema: text };
const path = (values: string[]): object => ({
  name: 'id',
  in: 'path',
  required: true,
  schema: { enum: values },
});

/** The default of each operation. */
export const operation = {
  requestBody: { required: true, content: json },
  responses: { 200: { description: 'Good', content: json } },
};

const response = (more: object): object => ({
  responses: { 200: { description: 'Good', content: json, ...more } },
});
const request = (more: object): object => ({ requestBody: { ...operation.requestBody, ...more } });
const header = (headers: object): object => response({ headers });
const required = { required: true, schema: text };

export const operationChanges: OperationChange[] = [
  ...operations('compatible', {
    'an optional parameter is added': [{}, { parameters: [dry] }],
    'a parameter becomes optional': [{ parameters: [{ ...dry, required: true }] }, { parameters: [dry] }],
    'a value of a path parameter is added': [
      { parameters: [path(['a'])] },
      { parameters: [path(['a', 'b'])] },
    ],
    'a request body becomes optional': [{}, request({ required: false })],
    'an optional request body is added': [{ requestBody: undefined }, request({ required: false })],
    'a request may be XML': [{}, request({ content: { ...json, 'application/xml': {} } })],
    'a response may be XML': [{}, response({ content: { ...json, 'application/xml': {} } })],
    'a response body is added': [response({ content: undefined }), {}],
    'an error is added': [{}, { responses: { ...operation.responses, 429: { description: '' } } }],
    'a header is added': [{}, header({ ETag: required })],
    'an alternative of security is added': [{ security: [{ a: [] }] }, { security: [{ a: [] }, { b: [] }] }],
    'one scope less is needed': [{ security: [{ a: ['x', 'y'] }] }, { security: [{ a: ['x'] }] }],
    'no token is needed': [{ security: [{ a: [] }] }, { security: [] }],
    'an operation is deprecated': [{}, { deprecated: true }],
  }),
  ...operations('breaking', {
    'a required parameter is added': [{}, { parameters: [{ ...dry, required: true }] }],
    'a parameter is removed': [{ parameters: [dry] }, {}],
    'a parameter becomes required': [{ parameters: [dry] }, { parameters: [{ ...dry, required: true }] }],
    'a parameter is written otherwise': [{ parameters: [dry] }, { parameters: [{ ...dry, explode: false }] }],
    'a value of a path parameter is removed': [
      { parameters: [path(['a', 'b'])] },
      { parameters: [path(['a'])] },
    ],
    'a request body becomes required': [request({ required: false }), {}],
    'a request body is removed': [{}, { requestBody: undefined }],
    'a request is XML instead': [{}, request({ content: { 'application/xml': {} } })],
    'a response is XML instead': [{}, response({ content: { 'application/xml': {} } })],
    'a media type gets a version': [
      {},
      response({ content: { 'application/json; version=2': json['application/json'] } }),
    ],
    'a field is removed below a media type in capitals': [
      response({ content: { 'Application/JSON; charset=UTF-8': json['application/json'] } }),
      response({ content: { 'application/json': { schema: having({}) } } }),
    ],
    'a response body is removed': [{}, response({ content: undefined })],
    'a success has another status': [{}, { responses: { 202: operation.responses[200] } }],
    'an error is removed': [{ responses: { ...operation.responses, 429: { description: '' } } }, {}],
    'a header is removed': [header({ ETag: required }), {}],
    'a header in lower case has another type': [
      header({ ETag: required }),
      header({ etag: { ...required, schema: number } }),
    ],
    'an alternative of security is removed': [
      { security: [{ a: [] }, { b: [] }] },
      { security: [{ a: [] }] },
    ],
    'one more scope is needed': [{ security: [{ a: ['x'] }] }, { security: [{ a: ['x', 'y'] }] }],
    'a token is needed': [{ security: [] }, { security: [{ a: [] }] }],
    'a key is needed, too': [{ security: [{ a: [] }] }, { security: [{ a: [], 'x-key': [] }] }],
  }),
];

/** Changes that break clients but that Redocly 2.72 to 2.77 treats as compatible (docs/drift.md). */
export const missed: OperationChange[] = [
  ...operations('compatible', {
    'a response header becomes optional': [header({ ETag: required }), header({ ETag: { schema: text } })],
    'a required request body is added': [{ requestBody: undefined }, {}],
    'another success is added': [
      {},
      { responses: { ...operation.responses, 202: operation.responses[200] } },
    ],
  }),
];
