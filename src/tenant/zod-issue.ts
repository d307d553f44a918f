import { typeOf } from './json.ts';
import type { JsonSchema } from './json-schema.ts';

export type ZodPath = (string | number)[];

/** An issue as zod 3 words it. Which further fields it has depends on `code`. */
export interface ZodIssue {
  code: string;
  path: ZodPath;
  message: string;
  [detail: string]: unknown;
}

const quoted = (options: readonly unknown[]): string =>
  options.map((option) => (typeof option === 'string' ? `'${option}'` : String(option))).join(' | ');

const wrongType = (expected: string, value: unknown, path: ZodPath): ZodIssue => {
  const received = typeOf(value);
  const message = value === undefined ? 'Required' : `Expected ${expected}, received ${received}`;
  return { code: 'invalid_type', expected, received, path, message };
};

const wrongLiteral = (expected: unknown, value: unknown, path: ZodPath): ZodIssue => ({
  ...(value === undefined ? {} : { received: value }),
  code: 'invalid_literal',
  expected,
  path,
  message: `Invalid literal value, expected ${JSON.stringify(expected)}`,
});

/** `value` is none of the `options`. zod takes a value that is neither text nor number for a wrong type. */
export const wrongEnumValue = (options: readonly unknown[], value: unknown, path: ZodPath): ZodIssue =>
  typeof value === 'string' || typeof value === 'number'
    ? {
        received: value,
        code: 'invalid_enum_value',
        options,
        path,
        message: `Invalid enum value. Expected ${quoted(options)}, received '${value}'`,
      }
    : wrongType(quoted(options), value, path);

/** The tag of a union names none of its variants. */
export const wrongDiscriminator = (options: readonly unknown[], path: ZodPath): ZodIssue => ({
  code: 'invalid_union_discriminator',
  options,
  path,
  message: `Invalid discriminator value. Expected ${quoted(options)}`,
});

export const unrecognizedKeys = (keys: readonly string[], path: ZodPath): ZodIssue => ({
  code: 'unrecognized_keys',
  keys,
  path,
  message: `Unrecognized key(s) in object: ${keys.map((key) => `'${key}'`).join(', ')}`,
});

/** A value that fits no variant of a union; for each variant, why it does not. */
export const noVariant = (variants: readonly (readonly ZodIssue[])[], path: ZodPath): ZodIssue => ({
  code: 'invalid_union',
  unionErrors: variants.map((issues) => ({ issues, name: 'ZodError' })),
  path,
  message: 'Invalid input',
});

/** The value is not what its schema says it is: a type, a literal or one of some options. */
export const wrongKind = (schema: JsonSchema, value: unknown, path: ZodPath): ZodIssue => {
  if ('const' in schema) return wrongLiteral(schema.const, value, path);
  if (schema.enum !== undefined) return wrongEnumValue(schema.enum, value, path);
  const expected = [schema.type ?? 'object'].flat().filter((type) => type !== 'null');
  return wrongType(expected.join(' | ').replace('integer', 'number'), value, path);
};

const outOfBounds = (
  code: 'too_small' | 'too_big',
  type: 'string' | 'number',
  limit: number,
  inclusive: boolean,
  path: ZodPath,
): ZodIssue => {
  const comparison = `${code === 'too_small' ? 'greater' : 'less'} than${inclusive ? ' or equal to' : ''}`;
  const message =
    type === 'string'
      ? `String must contain at ${code === 'too_small' ? 'least' : 'most'} ${limit} character(s)`
      : `Number must be ${comparison} ${limit}`;
  const bound = code === 'too_small' ? 'minimum' : 'maximum';
  return { code, [bound]: limit, type, inclusive, exact: false, path, message };
};

/**
 * The value is of the right kind, and `keyword` of its schema does not hold; `type`, for a number that is not whole.
 * Nothing for `pattern`: that one is storage's, no guard knows it.
 */
export const wrongValue = (schema: JsonSchema, keyword: string, path: ZodPath): ZodIssue | undefined => {
  switch (keyword) {
    case 'type': {
      const [expected, received] = ['integer', 'float'];
      const message = `Expected ${expected}, received ${received}`;
      return { code: 'invalid_type', expected, received, message, path };
    }
    case 'minLength':
      return outOfBounds('too_small', 'string', schema.minLength ?? 0, true, path);
    case 'maxLength':
      return outOfBounds('too_big', 'string', schema.maxLength ?? 0, true, path);
    case 'minimum':
      return outOfBounds('too_small', 'number', schema.minimum ?? 0, true, path);
    case 'maximum':
      return outOfBounds('too_big', 'number', schema.maximum ?? 0, true, path);
    case 'exclusiveMinimum':
      return outOfBounds('too_small', 'number', schema.exclusiveMinimum ?? 0, false, path);
    case 'format':
      return schema.format === 'whatwg-url'
        ? { validation: 'url', code: 'invalid_string', message: 'Invalid url', path }
        : { code: 'custom', message: 'Invalid input', path };
    case 'pattern':
      return undefined;
    default:
      return { code: 'custom', message: 'Invalid input', path };
  }
};
