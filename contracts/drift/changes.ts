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

export const schemaChanges: SchemaChange[] = [
  ['an optional field is added', having({}), having({ a: text }), 'compatible', 'compatible'],
  [
    'a required field is added',
    having({}),
    having({ a: text }, { required: ['a'] }),
    'breaking',
    'compatible',
  ],
  ['a field is removed', having({ a: text }), having({}), 'breaking', 'breaking'],
  [
    'a field is renamed',
    having({ organization: text }),
    having({ organisation: text }),
    'breaking',
    'breaking',
  ],
  [
    'a field named like a keyword is removed',
    having({ description: text, items: text }),
    having({ items: text }),
    'breaking',
    'breaking',
  ],
  [
    'a field becomes required',
    having({ a: text }),
    having({ a: text }, { required: ['a'] }),
    'breaking',
    'compatible',
  ],
  [
    'a field is no longer required',
    having({ a: text }, { required: ['a'] }),
    having({ a: text }),
    'compatible',
    'breaking',
  ],
  [
    'a field that is not described becomes required',
    { type: 'object' },
    { type: 'object', required: ['a'] },
    'breaking',
    'compatible',
  ],
  [
    'a field that is not described is no longer required',
    { type: 'object', required: ['a'] },
    { type: 'object' },
    'compatible',
    'breaking',
  ],
  [
    'a field that can only be read becomes required',
    having({ a: { ...text, readOnly: true } }),
    having({ a: { ...text, readOnly: true } }, { required: ['a'] }),
    'compatible',
    'compatible',
  ],
  [
    'a field that can only be written is no longer required',
    having({ a: { ...text, writeOnly: true } }, { required: ['a'] }),
    having({ a: { ...text, writeOnly: true } }),
    'compatible',
    'compatible',
  ],
  ['a type changes', text, number, 'breaking', 'breaking'],
  ['a type is widened', text, { type: ['string', 'number'] }, 'compatible', 'breaking'],
  ['a type is narrowed', { type: ['string', 'number'] }, text, 'breaking', 'compatible'],
  ['a number becomes an integer', number, { type: 'integer' }, 'breaking', 'compatible'],
  ['an integer becomes a number', { type: 'integer' }, number, 'compatible', 'breaking'],
  ['a type is lifted', text, {}, 'compatible', 'breaking'],
  ['a type is set', {}, text, 'breaking', 'compatible'],
  [
    'a list of strings may be one string',
    { type: 'array', items: text },
    { oneOf: [text, { type: 'array', items: text }] },
    'compatible',
    'breaking',
  ],
  [
    'items change their type',
    { type: 'array', items: text },
    { type: 'array', items: number },
    'breaking',
    'breaking',
  ],
  [
    'the values of a map change their type',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: number },
    'breaking',
    'breaking',
  ],
  ['null is allowed', text, { ...text, nullable: true }, 'compatible', 'breaking'],
  ['null is refused', { ...text, nullable: true }, text, 'breaking', 'compatible'],
  ['an enum value is added', { enum: ['a'] }, { enum: ['a', 'b'] }, 'compatible', 'breaking'],
  ['an enum value is removed', { enum: ['a', 'b'] }, { enum: ['a'] }, 'breaking', 'compatible'],
  ['an enum is set', text, { ...text, enum: ['a'] }, 'breaking', 'compatible'],
  ['an enum is lifted', { ...text, enum: ['a'] }, text, 'compatible', 'breaking'],
  ['a literal changes', { const: 'a' }, { const: 'b' }, 'breaking', 'breaking'],
  [
    'a literal as Logto writes it changes',
    { type: 'string', format: '"a"' },
    { type: 'string', format: '"b"' },
    'breaking',
    'breaking',
  ],
  [
    'a variant is added',
    { oneOf: [one, two] },
    { oneOf: [one, two, variant('Three')] },
    'compatible',
    'breaking',
  ],
  [
    'a variant is removed',
    { oneOf: [one, two, variant('Three')] },
    { oneOf: [one, two] },
    'breaking',
    'compatible',
  ],
  [
    'a field of a variant is removed',
    { oneOf: [one, two] },
    { oneOf: [two, variant('One')] },
    'breaking',
    'breaking',
  ],
  [
    'a field of a variant becomes required',
    { oneOf: [one, two] },
    { oneOf: [one, { ...two, required: ['b', 'type'] }] },
    'breaking',
    'compatible',
  ],
  [
    'an alternative without a kind is added',
    { anyOf: [having({ a: text }), having({ b: text })] },
    { anyOf: [having({ a: text }), having({ b: text }), having({ c: number })] },
    'compatible',
    'breaking',
  ],
  [
    'an alternative without a kind is removed',
    { anyOf: [having({ a: text }), having({ b: text }), having({ c: number })] },
    { anyOf: [having({ a: text }), having({ b: text })] },
    'breaking',
    'compatible',
  ],
  [
    'a part of an allOf is added',
    { allOf: [having({ a: text }), having({ b: text })] },
    { allOf: [having({ a: text }), having({ b: text }), having({ c: number }, { required: ['c'] })] },
    'breaking',
    'compatible',
  ],
  ['maxLength is raised', { ...text, maxLength: 1 }, { ...text, maxLength: 2 }, 'compatible', 'breaking'],
  ['maxLength is lowered', { ...text, maxLength: 2 }, { ...text, maxLength: 1 }, 'breaking', 'compatible'],
  ['minLength is set', text, { ...text, minLength: 1 }, 'breaking', 'compatible'],
  ['minLength is lifted', { ...text, minLength: 1 }, text, 'compatible', 'breaking'],
  ['a pattern changes', { ...text, pattern: 'a' }, { ...text, pattern: 'b' }, 'breaking', 'breaking'],
  ['a format is set', text, { ...text, format: 'uri' }, 'breaking', 'compatible'],
  ['minItems is set', { type: 'array' }, { type: 'array', minItems: 1 }, 'breaking', 'compatible'],
  ['items must differ', { type: 'array' }, { type: 'array', uniqueItems: true }, 'breaking', 'compatible'],
  ['maximum is set', number, { ...number, maximum: 1 }, 'breaking', 'compatible'],
  [
    'minimum becomes exclusive, as OpenAPI 3.0 writes it',
    { ...number, minimum: 1 },
    { ...number, minimum: 1, exclusiveMinimum: true },
    'breaking',
    'compatible',
  ],
  ['something is excluded', text, { ...text, not: { const: 'a' } }, 'breaking', 'compatible'],
  [
    'unknown fields are refused',
    having({ a: text }),
    having({ a: text }, { additionalProperties: false }),
    'breaking',
    'compatible',
  ],
  [
    'unknown fields are allowed',
    having({ a: text }, { additionalProperties: false }),
    having({ a: text }),
    'compatible',
    'breaking',
  ],
  ['fields are described', { type: 'object' }, having({ a: text }), 'compatible', 'compatible'],
  [
    'a field is deprecated',
    having({ a: text }),
    having({ a: { ...text, deprecated: true } }),
    'compatible',
    'compatible',
  ],
  ['a default changes', { ...text, default: 'a' }, { ...text, default: 'b' }, 'compatible', 'compatible'],
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
  ['an optional parameter is added', {}, { parameters: [dry] }, 'compatible'],
  ['a required parameter is added', {}, { parameters: [{ ...dry, required: true }] }, 'breaking'],
  ['a parameter is removed', { parameters: [dry] }, {}, 'breaking'],
  [
    'a parameter becomes required',
    { parameters: [dry] },
    { parameters: [{ ...dry, required: true }] },
    'breaking',
  ],
  [
    'a parameter becomes optional',
    { parameters: [{ ...dry, required: true }] },
    { parameters: [dry] },
    'compatible',
  ],
  [
    'a parameter is written otherwise',
    { parameters: [dry] },
    { parameters: [{ ...dry, explode: false }] },
    'breaking',
  ],
  [
    'a value of a path parameter is added',
    { parameters: [path(['a'])] },
    { parameters: [path(['a', 'b'])] },
    'compatible',
  ],
  [
    'a value of a path parameter is removed',
    { parameters: [path(['a', 'b'])] },
    { parameters: [path(['a'])] },
    'breaking',
  ],
  ['a request body becomes required', request({ required: false }), {}, 'breaking'],
  ['a request body becomes optional', {}, request({ required: false }), 'compatible'],
  ['a request body is removed', {}, { requestBody: undefined }, 'breaking'],
  [
    'an optional request body is added',
    { requestBody: undefined },
    request({ required: false }),
    'compatible',
  ],
  ['a request may be XML', {}, request({ content: { ...json, 'application/xml': {} } }), 'compatible'],
  ['a request is XML instead', {}, request({ content: { 'application/xml': {} } }), 'breaking'],
  ['a response may be XML', {}, response({ content: { ...json, 'application/xml': {} } }), 'compatible'],
  ['a response is XML instead', {}, response({ content: { 'application/xml': {} } }), 'breaking'],
  [
    'a media type gets a version',
    {},
    response({ content: { 'application/json; version=2': json['application/json'] } }),
    'breaking',
  ],
  [
    'a field is removed below a media type in capitals',
    response({ content: { 'Application/JSON; charset=UTF-8': json['application/json'] } }),
    response({ content: { 'application/json': { schema: having({}) } } }),
    'breaking',
  ],
  ['a response body is removed', {}, response({ content: undefined }), 'breaking'],
  ['a response body is added', response({ content: undefined }), {}, 'compatible'],
  ['a success has another status', {}, { responses: { 202: operation.responses[200] } }, 'breaking'],
  [
    'an error is added',
    {},
    { responses: { ...operation.responses, 429: { description: '' } } },
    'compatible',
  ],
  [
    'an error is removed',
    { responses: { ...operation.responses, 429: { description: '' } } },
    {},
    'breaking',
  ],
  ['a header is added', {}, header({ ETag: required }), 'compatible'],
  ['a header is removed', header({ ETag: required }), {}, 'breaking'],
  [
    'a header in lower case has another type',
    header({ ETag: required }),
    header({ etag: { ...required, schema: number } }),
    'breaking',
  ],
  [
    'an alternative of security is added',
    { security: [{ a: [] }] },
    { security: [{ a: [] }, { b: [] }] },
    'compatible',
  ],
  [
    'an alternative of security is removed',
    { security: [{ a: [] }, { b: [] }] },
    { security: [{ a: [] }] },
    'breaking',
  ],
  ['one more scope is needed', { security: [{ a: ['x'] }] }, { security: [{ a: ['x', 'y'] }] }, 'breaking'],
  ['one scope less is needed', { security: [{ a: ['x', 'y'] }] }, { security: [{ a: ['x'] }] }, 'compatible'],
  ['no token is needed', { security: [{ a: [] }] }, { security: [] }, 'compatible'],
  ['a token is needed', { security: [] }, { security: [{ a: [] }] }, 'breaking'],
  ['a key is needed, too', { security: [{ a: [] }] }, { security: [{ a: [], 'x-key': [] }] }, 'breaking'],
  ['an operation is deprecated', {}, { deprecated: true }, 'compatible'],
];

/** What Redocly 2.72 to 2.77 takes for compatible although it breaks clients: docs/drift.md says so. */
export const missed: OperationChange[] = [
  [
    'a response header becomes optional',
    header({ ETag: required }),
    header({ ETag: { schema: text } }),
    'compatible',
  ],
  ['a required request body is added', { requestBody: undefined }, {}, 'compatible'],
  [
    'another success is added',
    {},
    { responses: { ...operation.responses, 202: operation.responses[200] } },
    'compatible',
  ],
];
