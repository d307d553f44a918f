import { dereference, type Schema, schemas } from './document.ts';

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

/** The fields of an access-token customizer that came with a release, by release. */
const fieldsSince = (): Map<string, string[]> => {
  const fields = new Map<string, string[]>();
  walk(schemas['AccessTokenJwtCustomizer'] ?? {}, '', (path, since) => {
    if (since !== undefined) fields.set(since, [...(fields.get(since) ?? []), path]);
  });
  return fields;
};

const number = (release: string): number => Number(release.split('.')[1]);

/** The releases that brought fields, oldest first. */
const bringers = (): string[] => [...fieldsSince().keys()].sort((a, b) => number(a) - number(b));

/** What a tenant tells of its own release: which of the fields that came later it has. */
export interface Release {
  /** Whether it has what came with this release. */
  has(release: string): boolean;
  /** For people, for example `1.41 or 1.42`. */
  name: string;
}

/** The newest release, the one that our document describes. */
export const newest: Release = { has: () => true, name: 'newest' };

/**
 * Reads the release off a tenant's own document, `GET /api/swagger.json`: a tenant names no version, but its
 * document lists the fields that it knows.
 *
 * @throws {Error} when the document does not describe the customizers.
 */
export const releaseOf = (swagger: unknown): Release => {
  const known = new Set<string>();
  const paths = (swagger as { paths?: Record<string, { get?: { responses?: Record<string, unknown> } }> })
    .paths;
  const response = paths?.['/api/configs/jwt-customizer/{tokenTypePath}']?.get?.responses?.['200'] as
    | { content?: Record<string, { schema?: Schema }> }
    | undefined;
  const schema = response?.content?.['application/json']?.schema;
  if (schema === undefined)
    throw new Error(
      'GET /api/swagger.json does not describe GET /api/configs/jwt-customizer/{tokenTypePath}; is this a Logto tenant of 1.28 or later?',
    );
  walk(schema, '', (path) => known.add(path));
  const since = [...fieldsSince()].sort(([a], [b]) => number(a) - number(b));
  const has = (release: string): boolean => {
    const fields = since.find(([candidate]) => candidate === release)?.[1];
    if (fields === undefined) throw new Error(`no field of the document came with release ${release}`);
    return fields.every((path) => known.has(path));
  };
  const first = since.findIndex(([release]) => !has(release));
  const from = first === 0 ? '1.28' : (since.at(first === -1 ? -1 : first - 1)?.[0] ?? '1.28');
  const next = first === -1 ? undefined : since[first]?.[0];
  return { has, name: next === undefined ? `${from} or later` : `from ${from}, before ${next}` };
};

/**
 * The newest release whose fields a document has all of, and the next one that brought fields. Without the operation
 * that shows it, it is taken for the newest.
 */
export const rangeOf = (swagger: unknown): { from: string; before?: string | undefined } => {
  const since = bringers();
  try {
    const { has } = releaseOf(swagger);
    const last = since.findLastIndex((one) => has(one));
    return { from: since[last] ?? '1.28', before: since[last + 1] };
  } catch {
    return { from: since.at(-1) ?? '1.28' };
  }
};

/** The first release after the named one whose fields a tenant has, if it has any. */
const newerThan = (release: Release, named: string): string | undefined =>
  bringers().find((since) => number(since) > number(named) && release.has(since));

/**
 * Why a tenant cannot be of the release that somebody says it is; nothing when it can.
 *
 * @param named As in `1.42`.
 */
export const contradiction = (release: Release, named: string): string | undefined => {
  const missing = bringers().find((since) => number(since) <= number(named) && !release.has(since));
  if (missing !== undefined) return `its document lacks the fields that came with ${missing}`;
  const newer = newerThan(release, named);
  return newer && `its document has the fields that came with ${newer}`;
};
