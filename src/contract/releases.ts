import { dereference, type Schema, schemas } from './document.ts';
import { valueAt } from './json.ts';

/** Visits the fields, and the values of enums, by path. */
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

/** The fields of an access-token customizer, by the release that added them. */
const fieldsSince = new Map<string, string[]>();
walk(schemas['AccessTokenJwtCustomizer'] ?? {}, '', (path, since) => {
  if (since !== undefined) fieldsSince.set(since, [...(fieldsSince.get(since) ?? []), path]);
});

/** The releases that added fields, after the oldest one that is described. */
export const releases = ['1.28', ...[...fieldsSince.keys()].sort((a, b) => minor(a) - minor(b))];

/** The release of a tenant, as far as its fields reveal it. */
export interface Release {
  /** Whether it has the fields added in this release. */
  has(release: string): boolean;
  /** For display, for example `1.41 or 1.42`. */
  name: string;
}

/** The newest release, which our document describes. */
export const newest: Release = { has: () => true, name: 'newest' };

/** The last release whose fields are all present, and the next one. */
export const placeOf = ({ has }: Pick<Release, 'has'>): { from: string; before?: string | undefined } => {
  const last = releases.findLastIndex((release, index) => index === 0 || has(release));
  return { from: String(releases[last]), before: releases[last + 1] };
};

const schemaPointer =
  '/paths/~1api~1configs~1jwt-customizer~1{tokenTypePath}/get/responses/200/content/application~1json/schema';

/**
 * Determines the release from a tenant's own document, `GET /api/swagger.json`: a tenant does not report its version,
 * but its document lists the fields that it knows.
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
  const has = (release: string): boolean => {
    const fields = fieldsSince.get(release);
    if (fields === undefined) throw new Error(`no field of the document was added in release ${release}`);
    return fields.every((path) => known.has(path));
  };
  const { from, before } = placeOf({ has });
  return { has, name: before === undefined ? `${from} or later` : `from ${from}, before ${before}` };
};

/** Like `placeOf` for a tenant's document; without the operation that shows the release, the newest is assumed. */
export const rangeOf = (swagger: unknown): ReturnType<typeof placeOf> => {
  try {
    return placeOf(releaseOf(swagger));
  } catch {
    return placeOf(newest);
  }
};

/**
 * Why a tenant cannot be of the given release; `undefined` when it can.
 *
 * @param named As in `1.42`.
 */
export const contradiction = (release: Release, named: string): string | undefined => {
  const wrong = releases.slice(1).find((since) => release.has(since) !== minor(since) <= minor(named));
  return wrong && `its document ${release.has(wrong) ? 'has' : 'lacks'} the fields added in ${wrong}`;
};
