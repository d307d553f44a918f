import { isObject, pointerTo } from './json.ts';
import { type JsonSchema, type JsonSchemas, resolve } from './json-schema.ts';
import {
  noVariant,
  unrecognizedKeys,
  wrongDiscriminator,
  wrongKind,
  wrongValue,
  type ZodIssue,
  type ZodPath,
} from './zod-issue.ts';

/** What is wrong with a body, and where: `ValidationIssue` of the generated validators is one of these. */
export interface GuardIssue {
  /** JSON Pointer (RFC 6901) of the value, or of the property that is missing or not known. */
  pointer: string;
  /** The JSON Schema keyword that does not hold. */
  keyword: string;
}

/** The schema that a body was judged by, and the schemas that it refers to. */
export interface Guard {
  schema: JsonSchema;
  schemas: JsonSchemas;
}

type Keywords = ReadonlyMap<string, ReadonlySet<string>>;

const property = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined);

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
    return isObject(value)
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
    schema.type === 'array' ? Array.isArray(value) : schema.type === 'object' && isObject(value);

  const ofChildren = (schema: JsonSchema, value: unknown, pointer: string, path: ZodPath): ZodIssue[] => {
    if (Array.isArray(value)) {
      const { items } = schema;
      if (items === undefined) return [];
      return value.flatMap((item, index) => visit(items, item, pointerTo(pointer, index), [...path, index]));
    }
    if (!isObject(value)) return [];
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
