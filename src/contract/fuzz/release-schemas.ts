import { dereference, schemas as documented, type Schema } from '../document.ts';
import { isObject, type Json } from '../json.ts';
import type { Release } from '../releases.ts';
import type { Schemas } from './schema-arbitrary.ts';

/** The release in which the part of the document came, as its mark or that of what it points to says. */
export const sinceOf = (schema: Schema): string | undefined =>
  (schema['x-logto-since'] ?? (dereference(schema as { $ref: string }) as Schema)['x-logto-since']) as
    | string
    | undefined;

/** The first release whose guard looks into the context of client credentials; before, any object was kept. */
export const clientCredentialsContextSince = '1.37';

/** The document's schemas without what came after a release: that a tenant would refuse or drop. */
export const schemasOf = (release: Release): Schemas => {
  const has = (schema: unknown): boolean => {
    const since = sinceOf(schema as Schema);
    return since === undefined || release.has(since);
  };
  const prune = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(prune);
    if (!isObject(value)) return value;
    const { properties, required, anyOf, oneOf, enum: values } = value;
    const fields = isObject(properties) ? Object.entries(properties).filter(([, field]) => has(field)) : [];
    const sinceValues = (value['x-logto-since-values'] ?? {}) as Record<string, string>;
    const hasValue = (item: Json): boolean => {
      const since = sinceValues[String(item)];
      return since === undefined || release.has(since);
    };
    const known: { [keyword: string]: unknown } = {
      ...value,
      ...(isObject(properties) && { properties: Object.fromEntries(fields) }),
      ...(Array.isArray(required) && {
        required: required.filter((name) => fields.some(([field]) => field === name)),
      }),
      ...(Array.isArray(anyOf) && { anyOf: anyOf.filter(has) }),
      ...(Array.isArray(oneOf) && { oneOf: oneOf.filter(has) }),
      ...(Array.isArray(values) && { enum: values.filter(hasValue) }),
    };
    return Object.fromEntries(Object.entries(known).map(([keyword, part]) => [keyword, prune(part as Json)]));
  };
  const pruned = Object.fromEntries(
    Object.entries(documented).map(([name, schema]) => [name, prune(schema as Json) as Schema]),
  );
  return release.has(clientCredentialsContextSince)
    ? pruned
    : { ...pruned, ClientCredentialsContextSample: { type: 'object', additionalProperties: true } };
};
