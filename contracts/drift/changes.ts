/** Changes between two documents of an API, and what each means for a client. */
import type { Json } from '../../src/contract/json.ts';

export type Verdict = 'breaking' | 'compatible' | 'none';

/** A schema, before and after, where clients send it and where they receive it. */
export type SchemaChange = [name: string, old: Json, now: Json, request: Verdict, response: Verdict];

/** An operation, before and after: what is named replaces what {@link operation} has. */
export type OperationChange = [name: string, old: object, now: object, verdict: Verdict];

type Schema = { [keyword: string]: Json };

const text: Schema = { type: 'string' };
const number: Schema = { type: 'number' };
const having = (properties: Schema, more: Schema = {}): Schema => ({ type: 'object', properties, ...more });
const literal = (value: string): Schema => ({ type: 'string', enum: [value] });
const variant = (type: string, more: Schema = {}): Schema =>
  having({ type: literal(type), ...more }, { required: ['type'] });
const one = variant('One', { a: text });
const two = variant('Two', { b: text });

/** Schemas that change, by what that means for a request and for a response. */
const schemas = (
  request: Verdict,
  response: Verdict,
  rows: Record<string, [old: Json, now: Json]>,
): SchemaChange[] => Object.entries(rows).map(([name, [old, now]]) => [name, old, now, request, response]);

/** The same of operations. */
const operations = (verdict: Verdict, rows: Record<string, [old: object, now: object]>): OperationChange[] =>
  Object.entries(rows).map(([name, [old, now]]) => [name, old, now, verdict]);

export const schemaChanges: SchemaChange[] = [
  ...schemas('compatible', 'compatible', {
    'an optional field is added': [having({}), having({ a: text })],
    'a field that can only be read becomes required': [
      having({ a: { ...text, readOnly: true } }),
      having({ a: { ...text, readOnly: true } }, { required: ['a'] }),
    ],
    'a field that can only be written is no longer required': [
      having({ a: { ...text, writeOnly: true } }, { required: ['a'] }),
      having({ a: { ...text, writeOnly: true } }),
    ],
    'fields are described': [{ type: 'object' }, having({ a: text })],
    'a field is deprecated': [having({ a: text }), having({ a: { ...text, deprecated: true } })],
    'a default changes': [
      { ...text, default: 'a' },
      { ...text, default: 'b' },
    ],
  }),
  ...schemas('breaking', 'compatible', {
    'a required field is added': [having({}), having({ a: text }, { required: ['a'] })],
    'a field becomes required': [having({ a: text }), having({ a: text }, { required: ['a'] })],
    'a field that is not described becomes required': [
      { type: 'object' },
      { type: 'object', required: ['a'] },
    ],
    'a type is narrowed': [{ type: ['string', 'number'] }, text],
    'a number becomes an integer': [number, { type: 'integer' }],
    'a type is set': [{}, text],
    'null is refused': [{ ...text, nullable: true }, text],
    'an enum value is removed': [{ enum: ['a', 'b'] }, { enum: ['a'] }],
    'an enum is set': [text, { ...text, enum: ['a'] }],
    'a variant is removed': [{ oneOf: [one, two, variant('Three')] }, { oneOf: [one, two] }],
    'a field of a variant becomes required': [
      { oneOf: [one, two] },
      { oneOf: [one, { ...two, required: ['b', 'type'] }] },
    ],
    'an alternative without a kind is removed': [
      { anyOf: [having({ a: text }), having({ b: text }), having({ c: number })] },
      { anyOf: [having({ a: text }), having({ b: text })] },
    ],
    'a part of an allOf is added': [
      { allOf: [having({ a: text }), having({ b: text })] },
      { allOf: [having({ a: text }), having({ b: text }), having({ c: number }, { required: ['c'] })] },
    ],
    'maxLength is lowered': [
      { ...text, maxLength: 2 },
      { ...text, maxLength: 1 },
    ],
    'minLength is set': [text, { ...text, minLength: 1 }],
    'a format is set': [text, { ...text, format: 'uri' }],
    'minItems is set': [{ type: 'array' }, { type: 'array', minItems: 1 }],
    'items must differ': [{ type: 'array' }, { type: 'array', uniqueItems: true }],
    'maximum is set': [number, { ...number, maximum: 1 }],
    'minimum becomes exclusive, as OpenAPI 3.0 writes it': [
      { ...number, minimum: 1 },
      { ...number, minimum: 1, exclusiveMinimum: true },
    ],
    'something is excluded': [text, { ...text, not: { const: 'a' } }],
    'unknown fields are refused': [having({ a: text }), having({ a: text }, { additionalProperties: false })],
  }),
  ...schemas('breaking', 'breaking', {
    'a field is removed': [having({ a: text }), having({})],
    'a field is renamed': [having({ organization: text }), having({ organisation: text })],
    'a field named like a keyword is removed': [
      having({ description: text, items: text }),
      having({ items: text }),
    ],
    'a type changes': [text, number],
    'items change their type': [
      { type: 'array', items: text },
      { type: 'array', items: number },
    ],
    'the values of a map change their type': [
      { type: 'object', additionalProperties: text },
      { type: 'object', additionalProperties: number },
    ],
    'a literal changes': [{ const: 'a' }, { const: 'b' }],
    'a literal as Logto writes it changes': [
      { type: 'string', format: '"a"' },
      { type: 'string', format: '"b"' },
    ],
    'a field of a variant is removed': [{ oneOf: [one, two] }, { oneOf: [two, variant('One')] }],
    'a pattern changes': [
      { ...text, pattern: 'a' },
      { ...text, pattern: 'b' },
    ],
  }),
  ...schemas('compatible', 'breaking', {
    'a field is no longer required': [having({ a: text }, { required: ['a'] }), having({ a: text })],
    'a field that is not described is no longer required': [
      { type: 'object', required: ['a'] },
      { type: 'object' },
    ],
    'a type is widened': [text, { type: ['string', 'number'] }],
    'an integer becomes a number': [{ type: 'integer' }, number],
    'a type is lifted': [text, {}],
    'a list of strings may be one string': [
      { type: 'array', items: text },
      { oneOf: [text, { type: 'array', items: text }] },
    ],
    'null is allowed': [text, { ...text, nullable: true }],
    'an enum value is added': [{ enum: ['a'] }, { enum: ['a', 'b'] }],
    'an enum is lifted': [{ ...text, enum: ['a'] }, text],
    'a variant is added': [{ oneOf: [one, two] }, { oneOf: [one, two, variant('Three')] }],
    'an alternative without a kind is added': [
      { anyOf: [having({ a: text }), having({ b: text })] },
      { anyOf: [having({ a: text }), having({ b: text }), having({ c: number })] },
    ],
    'maxLength is raised': [
      { ...text, maxLength: 1 },
      { ...text, maxLength: 2 },
    ],
    'minLength is lifted': [{ ...text, minLength: 1 }, text],
    'unknown fields are allowed': [having({ a: text }, { additionalProperties: false }), having({ a: text })],
  }),
];

const json = { 'application/json': { schema: having({ a: text }) } };
const dry = { name: 'dry', in: 'query', schema: text };
const path = (values: string[]): object => ({
  name: 'id',
  in: 'path',
  required: true,
  schema: { enum: values },
});

/** What each operation has that a row says nothing of. */
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

/** What Redocly 2.72 to 2.77 takes for compatible although it breaks clients: docs/drift.md says so. */
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
