import { dereference, type Schema, type Schemas, schemas } from './document.ts';
import { isObject, type Json, valueAt } from './json.ts';

/** Fields by path, the values of enums too, as a schema tree names them. */
type Visit = (path: string, since: string | undefined) => void;

const walk = (schema: Schema, path: string, visit: Visit): void => {
  const resolved = dereference(schema as Schema | { $ref: string }) as Schema;
  for (const [key, property] of Object.entries((resolved['properties'] ?? {}) as Record<string, Schema>)) {
    visit(`${path}/${key}`, property['x-logto-since'] as string | undefined);
    walk(property, `${path}/${key}`, visit);
  }
  const sinceValues = (resolved['x-logto-since-values'] ?? {}) as Record<string, string>;
  for (const value of (resolved['enum'] ?? []) as string[]) visit(`${path}=${value}`, sinceValues[value]);
  for (const keyword of ['anyOf', 'oneOf', 'allOf'])
    for (const branch of (resolved[keyword] ?? []) as Schema[]) walk(branch, path, visit);
  for (const variant of Object.values((resolved['$defs'] ?? {}) as Record<string, Schema>))
    walk(variant, path, visit);
  for (const keyword of ['items', 'additionalProperties'])
    if (typeof resolved[keyword] === 'object') walk(resolved[keyword] as Schema, `${path}/*`, visit);
};

const minor = (release: string): number => Number(release.split('.')[1]);

/** The fields of an access-token customizer that came with a release, by release, the oldest first. */
const fieldsSince = (): Map<string, string[]> => {
  const fields = new Map<string, string[]>();
  walk(schemas['AccessTokenJwtCustomizer'] ?? {}, '', (path, since) => {
    if (since !== undefined) fields.set(since, [...(fields.get(since) ?? []), path]);
  });
  return new Map([...fields].sort(([a], [b]) => minor(a) - minor(b)));
};

/** What a tenant tells of its own release: which of the fields that came later it has. */
export interface Release {
  /** Whether it has what came with this release. */
  has(release: string): boolean;
  /** For people, for example `1.41 or 1.42`. */
  name: string;
}

/** The newest release, the one that our document describes. */
export const newest: Release = { has: () => true, name: 'newest' };

const schemaPointer =
  '/paths/~1api~1configs~1jwt-customizer~1{tokenTypePath}/get/responses/200/content/application~1json/schema';

/**
 * Reads the release off a tenant's own document, `GET /api/swagger.json`: a tenant names no version, but its
 * document lists the fields that it knows.
 *
 * @throws {Error} when the document does not describe the customizers.
 */
export const releaseOf = (swagger: unknown): Release => {
  const schema = valueAt(swagger, schemaPointer);
  if (schema === undefined)
    throw new Error(
      'GET /api/swagger.json does not describe GET /api/configs/jwt-customizer/{tokenTypePath}; is this a Logto tenant of 1.28 or later?',
    );
  const known = new Set<string>();
  walk(schema as Schema, '', (path) => known.add(path));
  const since = fieldsSince();
  const has = (release: string): boolean => {
    const fields = since.get(release);
    if (fields === undefined) throw new Error(`no field of the document came with release ${release}`);
    return fields.every((path) => known.has(path));
  };
  const releases = [...since.keys()];
  const next = releases.find((release) => !has(release));
  const from = releases[(next === undefined ? releases.length : releases.indexOf(next)) - 1] ?? '1.28';
  return { has, name: next === undefined ? `${from} or later` : `from ${from}, before ${next}` };
};

/**
 * The newest release whose fields a document has all of, and the next one that brought fields. Without the operation
 * that shows it, it is taken for the newest.
 */
export const rangeOf = (swagger: unknown): { from: string; before?: string | undefined } => {
  const since = [...fieldsSince().keys()];
  let { has } = newest;
  try {
    ({ has } = releaseOf(swagger));
  } catch {}
  const last = since.findLastIndex((one) => has(one));
  return { from: since[last] ?? '1.28', before: since[last + 1] };
};

/**
 * Why a tenant cannot be of the release that somebody says it is; nothing when it can.
 *
 * @param named As in `1.42`.
 */
export const contradiction = (release: Release, named: string): string | undefined => {
  const wrong = [...fieldsSince().keys()].find(
    (since) => release.has(since) !== minor(since) <= minor(named),
  );
  return wrong && `its document ${release.has(wrong) ? 'has' : 'lacks'} the fields that came with ${wrong}`;
};

/** The release in which the part of the document came, as its mark or that of what it points to says. */
export const sinceOf = (schema: Schema): string | undefined =>
  (schema['x-logto-since'] ?? (dereference(schema as { $ref: string }) as Schema)['x-logto-since']) as
    | string
    | undefined;

/** The first release whose guard looks into the context of client credentials; before, any object was kept. */
export const clientCredentialsContextSince = '1.37';

/** The document's schemas without what came after a release: that a tenant would refuse or drop. */
export const schemasOf = (release: Release): Schemas => {
  const hasCome = (since: string | undefined): boolean => since === undefined || release.has(since);
  const has = (part: Json | undefined): boolean => !isObject(part) || hasCome(sinceOf(part));
  const prune = (value: Json): Json => {
    // The branches of a union among them.
    if (Array.isArray(value)) return value.filter(has).map(prune);
    if (!isObject(value)) return value;
    const { properties, required, enum: values } = value;
    const sinceValues = (value['x-logto-since-values'] ?? {}) as Record<string, string>;
    const fields = isObject(properties) ? Object.entries(properties).filter(([, field]) => has(field)) : [];
    const names = fields.map(([name]) => name);
    const known: { [keyword: string]: Json } = {
      ...value,
      ...(isObject(properties) && { properties: Object.fromEntries(fields) }),
      ...(Array.isArray(required) && { required: required.filter((name) => names.includes(String(name))) }),
      ...(Array.isArray(values) && { enum: values.filter((item) => hasCome(sinceValues[String(item)])) }),
    };
    return Object.fromEntries(Object.entries(known).map(([keyword, part]) => [keyword, prune(part)]));
  };
  const pruned = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, prune(schema as Json) as Schema]),
  );
  return release.has(clientCredentialsContextSince)
    ? pruned
    : { ...pruned, ClientCredentialsContextSample: { type: 'object', additionalProperties: true } };
};

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
