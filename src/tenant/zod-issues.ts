import { isRecord, pointerTo } from '../client/json.ts';
import { type JsonSchema, type JsonSchemas, resolve, typeOf } from './json-schema.ts';

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

/** What is wrong with a body, and where: `ValidationIssue` of the generated validators is one of these. */
export interface GuardIssue {
  /** JSON Pointer (RFC 6901) of the value, or of the property that is missing or not known. */
  pointer: string;
  /** The JSON Schema keyword that does not hold. */
  keyword: string;
}

/** The schema that a body was validated by, and the schemas that it refers to. */
export interface Guard {
  schema: JsonSchema;
  schemas: JsonSchemas;
}

type Keywords = ReadonlyMap<string, ReadonlySet<string>>;

const property = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);

/** Walks a schema in the order in which zod parses: children as the schema lists them, unknown keys last. */
const walker = (keywords: Keywords, schemas: JsonSchemas) => {
  const wrong = new Set(['']);
  for (const pointer of keywords.keys())
    for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1))
      wrong.add(pointer.slice(0, end));

  const ofDiscriminated = (
    schema: JsonSchema,
    tag: string,
    value: unknown,
    pointer: string,
    path: ZodPath,
  ): ZodIssue[] => {
    const variants = (schema.oneOf ?? schema.anyOf ?? []).map((variant) => resolve(variant, schemas));
    const tagOf = (variant: JsonSchema): unknown => variant.properties?.[tag]?.const;
    const variant = variants.find((candidate) => tagOf(candidate) === property(value, tag));
    if (variant !== undefined) return visit(variant, value, pointer, path);
    return isRecord(value)
      ? [wrongDiscriminator(variants.map(tagOf), [...path, tag])]
      : [wrongKind({ type: 'object' }, value, path)];
  };

  const ofUnion = (
    variants: readonly JsonSchema[],
    value: unknown,
    pointer: string,
    path: ZodPath,
  ): ZodIssue[] => {
    const [only, ...others] = variants;
    if (only !== undefined && others.length === 0) return visit(only, value, pointer, path);
    const reasons = variants.map((variant) => {
      const inside = isContainer(variant, value) ? ofChildren(variant, value, pointer, path) : [];
      return inside.length > 0 ? inside : [wrongKind(variant, value, path)];
    });
    return [noVariant(reasons, path)];
  };

  const isContainer = (schema: JsonSchema, value: unknown): boolean =>
    schema.type === 'array' ? Array.isArray(value) : schema.type === 'object' && isRecord(value);

  const ofChildren = (schema: JsonSchema, value: unknown, pointer: string, path: ZodPath): ZodIssue[] => {
    if (Array.isArray(value)) {
      const { items } = schema;
      if (items === undefined) return [];
      return value.flatMap((item, index) => visit(items, item, pointerTo(pointer, index), [...path, index]));
    }
    if (!isRecord(value)) return [];
    const { properties = {}, additionalProperties } = schema;
    const keys = Object.keys(value);
    const issues = Object.entries(properties).flatMap(([key, child]) =>
      visit(child, property(value, key), pointerTo(pointer, key), [...path, key]),
    );
    if (typeof additionalProperties === 'object') {
      const further = keys.filter((key) => !Object.hasOwn(properties, key));
      for (const key of further)
        issues.push(...visit(additionalProperties, value[key], pointerTo(pointer, key), [...path, key]));
    }
    const unknown = keys.filter((key) => keywords.get(pointerTo(pointer, key))?.has('additionalProperties'));
    return unknown.length > 0 ? [...issues, unrecognizedKeys(unknown, path)] : issues;
  };

  const visit = (reference: JsonSchema, value: unknown, pointer: string, path: ZodPath): ZodIssue[] => {
    if (!wrong.has(pointer)) return [];
    const schema = resolve(reference, schemas);
    if (schema.discriminator !== undefined)
      return ofDiscriminated(schema, schema.discriminator.propertyName, value, pointer, path);
    const union = schema.anyOf ?? schema.oneOf;
    if (union !== undefined) {
      const variants = union.map((variant) => resolve(variant, schemas));
      return ofUnion(
        variants.filter(({ type }) => type !== 'null'),
        value,
        pointer,
        path,
      );
    }
    const here = keywords.get(pointer) ?? new Set();
    // To zod a number that is not whole is of the right kind, and has one of many wrong values.
    const isFraction = schema.type === 'integer' && typeof value === 'number';
    if (!isFraction && ['required', 'type', 'const', 'enum'].some((keyword) => here.has(keyword)))
      return [wrongKind(schema, value, path)];
    const own = [...here].flatMap((keyword) =>
      keyword === 'additionalProperties' ? [] : (wrongValue(schema, keyword, path) ?? []),
    );
    return [...own, ...ofChildren(schema, value, pointer, path)];
  };
  return visit;
};

/** `issues` about `body` as zod 3 would report them: its codes, words and order. */
export const toZodIssues = (issues: readonly GuardIssue[], body: unknown, guard: Guard): ZodIssue[] => {
  const keywords = new Map<string, Set<string>>();
  for (const { pointer, keyword } of issues)
    keywords.set(pointer, (keywords.get(pointer) ?? new Set()).add(keyword));
  return walker(keywords, guard.schemas)(guard.schema, body, '', []);
};
