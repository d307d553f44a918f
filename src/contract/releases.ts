import { dereference, type Schema, schemas } from './document.ts';
import { valueAt } from './json.ts';

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

/** The fields of an access-token customizer that came with a release. */
const fieldsSince = new Map<string, string[]>();
walk(schemas['AccessTokenJwtCustomizer'] ?? {}, '', (path, since) => {
  if (since !== undefined) fieldsSince.set(since, [...(fieldsSince.get(since) ?? []), path]);
});

/** The releases that brought fields, and the oldest one that is described, which comes first. */
export const releases = ['1.28', ...[...fieldsSince.keys()].sort((a, b) => minor(a) - minor(b))];

/** What a tenant tells of its own release: which of the fields that came later it has. */
export interface Release {
  /** Whether it has what came with this release. */
  has(release: string): boolean;
  /** For people, for example `1.41 or 1.42`. */
  name: string;
}

/** The newest release, the one that our document describes. */
export const newest: Release = { has: () => true, name: 'newest' };

/** The last of the releases whose fields are all there, and the next one. */
export const placeOf = ({ has }: Pick<Release, 'has'>): { from: string; before?: string | undefined } => {
  const last = releases.findLastIndex((release, index) => index === 0 || has(release));
  return { from: String(releases[last]), before: releases[last + 1] };
};

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
  const has = (release: string): boolean => {
    const fields = fieldsSince.get(release);
    if (fields === undefined) throw new Error(`no field of the document came with release ${release}`);
    return fields.every((path) => known.has(path));
  };
  const { from, before } = placeOf({ has });
  return { has, name: before === undefined ? `${from} or later` : `from ${from}, before ${before}` };
};

/** As `placeOf` a tenant's document; without the operation that shows the release, it is taken for the newest. */
export const rangeOf = (swagger: unknown): ReturnType<typeof placeOf> => {
  try {
    return placeOf(releaseOf(swagger));
  } catch {
    return placeOf(newest);
  }
};

/**
 * Why a tenant cannot be of the release that somebody says it is; nothing when it can.
 *
 * @param named As in `1.42`.
 */
export const contradiction = (release: Release, named: string): string | undefined => {
  const wrong = releases.slice(1).find((since) => release.has(since) !== minor(since) <= minor(named));
  return wrong && `its document ${release.has(wrong) ? 'has' : 'lacks'} the fields that came with ${wrong}`;
};
