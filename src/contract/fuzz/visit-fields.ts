import { dereference, type Schema } from '../document.ts';
import { isObject, type Json } from '../json.ts';
import { sinceOf } from './release-schemas.ts';
import type { Schemas } from './schema-arbitrary.ts';

export interface FieldVisitor {
  /** A field of which its object's schema says nothing: a tenant drops it in silence. */
  unknown(path: readonly (string | number)[]): void;
  /** Something that came with a release. */
  since(release: string): void;
}

/** The branch of a union that a value is of: by its tag, else by its kind of value. */
const branchOf = (branches: readonly Schema[], tag: string | undefined, value: Json): Schema | undefined => {
  const isTagged = (branch: Schema): boolean =>
    tag !== undefined &&
    isObject(value) &&
    (branch['properties'] as Record<string, Schema>)[tag]?.['const'] === value[tag];
  const isOfKind = ({ type }: Schema): boolean =>
    (type === 'object' && isObject(value)) || (type === 'array' && Array.isArray(value));
  return branches.find(isTagged) ?? branches.find(isOfKind);
};

/** Goes through a valid value and tells what its schema says of the fields. */
export const visitFields = (schemas: Schemas, start: Schema, whole: Json, visitor: FieldVisitor): void => {
  const resolve = (schema: Schema): Schema => {
    const name = (schema['$ref'] as string | undefined)?.split('/').at(-1);
    return name === undefined
      ? schema
      : (schemas[name] ?? (dereference(schema as { $ref: string }) as Schema));
  };
  const visit = (reference: Schema, value: Json, path: readonly (string | number)[]): void => {
    const since = sinceOf(reference);
    if (since !== undefined) visitor.since(since);
    const schema = resolve(reference);
    const union = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
    if (union !== undefined) {
      const tag = (schema['discriminator'] as { propertyName: string } | undefined)?.propertyName;
      const branch = branchOf(union.map(resolve), tag, value);
      if (branch !== undefined) visit(branch, value, path);
      return;
    }
    const sinceValues = (schema['x-logto-since-values'] ?? {}) as Record<string, string>;
    // Strings alone: an object may have a `toString` that is not a function.
    if (typeof value === 'string' && Object.hasOwn(sinceValues, value))
      visitor.since(sinceValues[value] as string);
    if (Array.isArray(value))
      for (const [index, item] of value.entries())
        visit((schema['items'] ?? {}) as Schema, item, [...path, index]);
    if (!isObject(value)) return;
    const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
    const rest = schema['additionalProperties'];
    for (const [key, item] of Object.entries(value)) {
      const field = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (field !== undefined) visit(field, item, [...path, key]);
      else if (isObject(rest)) visit(rest as Schema, item, [...path, key]);
      else if (rest === undefined && schema['properties'] !== undefined) visitor.unknown([...path, key]);
    }
  };
  visit(start, whole, []);
};
