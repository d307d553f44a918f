import { isObject, type Json } from '../contract/json.ts';
import { ordered } from './json.ts';
import type { JsonObject } from './references.ts';

export type TypeName = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null';

export const typeNames: readonly TypeName[] = ['string', 'number', 'boolean', 'object', 'array', 'null'];

/** Keywords that are sentences, or only about other keywords: a change of them is no drift. */
const sentences = new Set([
  'title',
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'xml',
  'discriminator',
  '$id',
  '$schema',
  '$anchor',
  '$comment',
  '$defs',
  'definitions',
]);

/** Keywords that the normal form has a place of its own for. */
const structural = new Set([
  '$ref',
  'type',
  'nullable',
  'enum',
  'const',
  'allOf',
  'anyOf',
  'oneOf',
  'properties',
  'required',
  'additionalProperties',
  'items',
]);

const typesOfKeywords = new Map<string, readonly TypeName[]>(
  Object.entries({
    minLength: ['string'],
    maxLength: ['string'],
    pattern: ['string'],
    format: ['string', 'number'],
    minimum: ['number'],
    maximum: ['number'],
    exclusiveMinimum: ['number'],
    exclusiveMaximum: ['number'],
    multipleOf: ['number'],
    minProperties: ['object'],
    maxProperties: ['object'],
    patternProperties: ['object'],
    propertyNames: ['object'],
    minItems: ['array'],
    maxItems: ['array'],
    uniqueItems: ['array'],
    prefixItems: ['array'],
    contains: ['array'],
  }),
);

/** Keywords whose values are schemas: alone, by name, or in a list. */
export const holdingSchemas = new Map<string, 'one' | 'map' | 'list'>(
  Object.entries({
    not: 'one',
    if: 'one',
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, not of a promise
    then: 'one',
    else: 'one',
    contains: 'one',
    propertyNames: 'one',
    unevaluatedProperties: 'one',
    unevaluatedItems: 'one',
    patternProperties: 'map',
    dependentSchemas: 'map',
    prefixItems: 'list',
  } as const),
);

/** What says the same as its absence. */
const isDefault = (keyword: string, value: Json): boolean => {
  if (value === false) return ['uniqueItems', 'deprecated', 'readOnly', 'writeOnly', 'not'].includes(keyword);
  if (value === 0) return /^min(Length|Items|Properties)$/.test(keyword);
  const isAnything = value === true || (isObject(value) && Object.keys(value).length === 0);
  return isAnything && ['unevaluatedProperties', 'unevaluatedItems', 'propertyNames'].includes(keyword);
};

/** In OpenAPI 3.0 an exclusive bound is a flag beside the bound. */
const withExclusiveBounds = (schema: JsonObject): JsonObject => {
  const result = { ...schema };
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const)
    if (typeof schema[flag] === 'boolean') {
      const value = schema[bound];
      delete result[flag];
      if (schema[flag] && value !== undefined) {
        delete result[bound];
        result[flag] = value;
      }
    }
  return result;
};

/** A literal that the vendor's generator writes as `format: "\"AccessToken\""`. */
export const literalInFormat = (schema: JsonObject): string | undefined => {
  const { format } = schema;
  if (typeof format !== 'string' || !/^".*"$/s.test(format)) return undefined;
  try {
    return JSON.parse(format) as string;
  } catch {
    return undefined;
  }
};

const constraining = (schema: JsonObject, type: TypeName): [string, Json][] =>
  Object.entries(withExclusiveBounds(schema)).filter(
    ([keyword, value]) =>
      !sentences.has(keyword) &&
      !structural.has(keyword) &&
      !keyword.startsWith('x-') &&
      (typesOfKeywords.get(keyword) ?? typeNames).includes(type) &&
      !isDefault(keyword, value) &&
      !(keyword === 'format' && literalInFormat(schema) !== undefined),
  );

/** Whether `constraintsOf` answers anything. */
export const constrains = (schema: JsonObject, type: TypeName): boolean =>
  constraining(schema, type).length > 0;

/**
 * What a schema demands of values of a type, beside what the normal form has a place for.
 *
 * @param print How a schema inside a keyword is written, so that two that mean the same are the same text.
 */
export const constraintsOf = (
  schema: JsonObject,
  type: TypeName,
  print: (path: readonly (string | number)[]) => string,
): Map<string, Json> => {
  const constraints = new Map<string, Json>();
  for (const [keyword, value] of constraining(schema, type)) {
    const holding = holdingSchemas.get(keyword);
    if (holding === 'one') constraints.set(keyword, print([keyword]));
    else if (holding === 'list' && Array.isArray(value))
      constraints.set(
        keyword,
        value.map((_, index) => print([keyword, index])),
      );
    else if (holding === 'map' && isObject(value))
      constraints.set(
        keyword,
        Object.fromEntries(Object.keys(value).map((key) => [key, print([keyword, key])])),
      );
    else if (keyword === 'dependentRequired' && isObject(value))
      constraints.set(
        keyword,
        Object.fromEntries(Object.entries(value).map(([key, names]) => [key, ordered([names].flat())])),
      );
    else constraints.set(keyword, value);
  }
  return constraints;
};

/** Whether a schema says nothing but sentences: `{}`, or what stands beside a `$ref`. */
export const saysNothing = (schema: JsonObject): boolean =>
  Object.keys(schema).every(
    (keyword) => keyword === '$ref' || sentences.has(keyword) || keyword.startsWith('x-'),
  );
