import { describe, expect, it } from 'vitest';
import { invalidInput, unknownTokenTypeError } from './guards.ts';
import { type Guard, type GuardIssue, toZodIssues } from './zod-issues.ts';

/** As a tenant composes it of what a validator of the document says. */
const invalidBodyError = (issues: readonly GuardIssue[], body: unknown, guard: Guard) =>
  invalidInput('body', toZodIssues(issues, body, guard));

const guard = (schema: Guard['schema'], schemas: Guard['schemas'] = {}): Guard => ({ schema, schemas });

const widget = guard(
  {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 2, maxLength: 3 },
      size: { type: ['number', 'null'], exclusiveMinimum: 0 },
      parts: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      owner: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      kind: { type: 'string', const: 'widget' },
      shape: {
        oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Square' }],
        discriminator: { propertyName: 'type' },
      },
    },
    additionalProperties: false,
  },
  {
    Part: { type: 'string', enum: ['a', 'b'] },
    Circle: { type: 'object', properties: { type: { const: 'circle' }, radius: { type: 'number' } } },
    Square: { type: 'object', properties: { type: { const: 'square' }, side: { type: 'number' } } },
  },
);

const issuesOf = (issues: [pointer: string, keyword: string][], body: unknown) =>
  invalidBodyError(
    issues.map(([pointer, keyword]) => ({ pointer, keyword })),
    body,
    widget,
  ).data.issues;

describe('the body of a 400 of a guard', () => {
  it('says what is wrong with the body, once for people and once for programs', () => {
    expect(invalidBodyError([{ pointer: '/name', keyword: 'type' }], { name: 1 }, widget)).toStrictEqual({
      code: 'guard.invalid_input',
      message: 'The request body is invalid.',
      details: 'Error in key path "name": (invalid_type) Expected string but received number.',
      data: {
        name: 'ZodError',
        issues: [
          {
            code: 'invalid_type',
            expected: 'string',
            received: 'number',
            path: ['name'],
            message: 'Expected string, received number',
          },
        ],
      },
    });
  });

  it('lists issues in the order of the schema, unknown keys last and together', () => {
    const body = { zz: 1, labels: { b: 1, a: 2 }, yy: 2, name: 1 };
    const issues = issuesOf(
      [
        ['/zz', 'additionalProperties'],
        ['/labels/a', 'type'],
        ['/labels/b', 'type'],
        ['/yy', 'additionalProperties'],
        ['/name', 'type'],
      ],
      body,
    );
    expect(issues.map(({ path }) => path.join('.'))).toStrictEqual(['name', 'labels.b', 'labels.a', '']);
    expect(issues.at(-1)).toMatchObject({ code: 'unrecognized_keys', keys: ['zz', 'yy'] });
  });

  it('counts the items of an array from 0, as numbers', () => {
    expect(issuesOf([['/parts/1', 'enum']], { parts: ['a', 'c'] })).toStrictEqual([
      {
        received: 'c',
        code: 'invalid_enum_value',
        options: ['a', 'b'],
        path: ['parts', 1],
        message: "Invalid enum value. Expected 'a' | 'b', received 'c'",
      },
    ]);
  });

  it.each([
    ['minLength', '/name', { name: 'x' }, 'String must contain at least 2 character(s)'],
    ['maxLength', '/name', { name: 'xxxx' }, 'String must contain at most 3 character(s)'],
    ['exclusiveMinimum', '/size', { size: 0 }, 'Number must be greater than 0'],
    ['const', '/kind', { kind: 'gadget' }, 'Invalid literal value, expected "widget"'],
    ['type', '/size', { size: 'x' }, 'Expected number, received string'],
    ['type', '/parts/0', { parts: [{}] }, "Expected 'a' | 'b', received object"],
    ['required', '/name', {}, 'Required'],
  ])('%s at %s', (keyword, pointer, body, message) => {
    expect(issuesOf([[pointer, keyword]], body)).toMatchObject([{ message }]);
  });

  it('of a union of types tells why each fails', () => {
    expect(issuesOf([['/owner/0', 'type']], { owner: [1] })).toMatchObject([
      {
        code: 'invalid_union',
        path: ['owner'],
        unionErrors: [
          { name: 'ZodError', issues: [{ path: ['owner'], expected: 'string', received: 'array' }] },
          { name: 'ZodError', issues: [{ path: ['owner', 0], expected: 'string', received: 'number' }] },
        ],
      },
    ]);
  });

  it('of a union with a tag looks into the variant that the tag names', () => {
    const shape = { type: 'square', side: 'x', radius: 'x' };
    expect(issuesOf([['/shape/side', 'type']], { shape })).toMatchObject([{ path: ['shape', 'side'] }]);
    expect(issuesOf([['/shape/type', 'discriminator']], { shape: { type: 'line' } })).toMatchObject([
      { code: 'invalid_union_discriminator', options: ['circle', 'square'], path: ['shape', 'type'] },
    ]);
  });

  it('knows keys that JSON Pointer escapes, and one that JavaScript treats specially', () => {
    const body = JSON.parse('{"labels": {"a/b~c": 1, "__proto__": 2}}');
    expect(
      issuesOf(
        [
          ['/labels/a~1b~0c', 'type'],
          ['/labels/__proto__', 'type'],
        ],
        body,
      ).map(({ path }) => path),
    ).toStrictEqual([
      ['labels', 'a/b~c'],
      ['labels', '__proto__'],
    ]);
  });

  it('leaves out what only storage refuses', () => {
    expect(
      issuesOf(
        [
          ['/name', 'pattern'],
          ['/kind', 'const'],
        ],
        { name: '\0\0', kind: 1 },
      ),
    ).toMatchObject([{ path: ['kind'] }]);
  });
});

it('names the token type that does not exist', () => {
  const error = unknownTokenTypeError(['access-token', 'client-credentials'], 'id-token');
  expect(error).toMatchObject({
    message: 'The request params is invalid.',
    data: { issues: [{ received: 'id-token', path: ['tokenTypePath'] }] },
  });
});
