/** Bodies with a known result: from Logto's guards, from tenants' responses to cases, from recorded responses. */
import { dereference, responseOf } from '../../src/contract/document.ts';
import { bodyOf } from '../../src/contract/expected.ts';
import { type Case, loadCases } from '../../src/contract/index.ts';
import { brief, type Json, toPointer, valueAt } from '../../src/contract/json.ts';
import { variantsOf } from '../../src/contract/validate-by-document.ts';
import { isBefore } from '../../src/runner/release.ts';
import { officialRelease, recordedExchanges, recordedReleases } from '../conforming/index.ts';
import { type Place, placesOf, type Schema } from '../guards/places.ts';
import { schemas, storageRefuses, subjects } from '../guards/subjects.ts';
import { valuesFor } from './entries.ts';
import { replacedAt, type Validators } from './validators.ts';

export interface Known {
  /** The schemas of the document, of which one must accept the body. */
  names: readonly string[];
  body: Json;
  isAccepted: boolean;
  /** Derived from a recorded response and validated with our document: it shows only what a keyword refuses. */
  isMade?: boolean;
}

export const idOf = ({ schema, pointer }: Pick<Place, 'schema' | 'pointer'>): string =>
  `${schema}#${pointer}`;

const placesIn = (schema: string): Place[] =>
  placesOf({ $ref: `#/components/schemas/${schema}` }, schemas as Record<string, Schema>).slice(1);

/** Every place of the document's named schemas, in the document's order, each once. */
export const allPlaces = (): Place[] =>
  Object.keys(schemas).flatMap((schema) => placesIn(schema).filter((place) => place.schema === schema));

/** The places that a guard validates, without those added after the release of the installed guards. */
const known = (places: readonly Place[]): Place[] => {
  const later: string[] = [];
  return places.filter(({ node, tokens }) => {
    const at = toPointer(tokens);
    const since = (node as Record<string, unknown>)['x-logto-since'];
    if (typeof since === 'string' && isBefore(officialRelease, since)) later.push(at);
    return !later.some((one) => at === one || at.startsWith(`${one}/`));
  });
};

/** The request bodies, each with its guards: for a union, the guards of its variants. */
const guarded = [
  ...subjects.map((subject) => ({ name: subject.schema, guardedBy: [subject] })),
  ...['JwtCustomizer', 'JwtCustomizerTestRequest'].map((name) => ({
    name,
    guardedBy: subjects.filter((subject) => name.endsWith('Request') === subject.schema.endsWith('Request')),
  })),
];

/** A place that a guard validates, in the body of that name. */
type Guarded = (typeof guarded)[number] & { place: Place };

/** The first body that leads to each guarded place. */
export const guardedPlaces = (): Map<string, Guarded> => {
  const all = guarded.flatMap((body) => known(placesIn(body.name)).map((place) => ({ ...body, place })));
  return new Map(all.toReversed().map((one) => [idOf(one.place), one]));
};

/** Bodies with various values at a place, with the results of Logto's guards and any disagreement of ours. */
export const byGuard = (
  { place, guardedBy, name }: Guarded,
  { accepts }: Validators,
): { known: Known[]; problems: string[] } => {
  const problems: string[] = [];
  const bodies = valuesFor(place.node).map((value): Known => {
    const body = place.embed(value);
    const byGuard = guardedBy.some(({ official }) => official(body).success);
    const issues = guardedBy.map(({ validate }) => validate(body));
    const byStorage = issues.every((some) => some.length > 0 && some.every(storageRefuses));
    // Only a customizer is stored.
    const isAccepted = byGuard && (!byStorage || name.endsWith('Request'));
    const what = `\`${toPointer(place.path)} = ${brief(value, 160)}\``;
    if (accepts([name], body) !== isAccepted)
      problems.push(`the guard ${isAccepted ? 'accepts' : 'refuses'} ${what}`);
    if (issues.some(({ length }) => length === 0) !== isAccepted)
      problems.push(`our validator does not take ${what} as the guard does`);
    return { names: [name], body, isAccepted };
  });
  return { known: bodies, problems };
};

const customizerOf: Record<string, string> = {
  'access-token': 'AccessTokenJwtCustomizer',
  'client-credentials': 'ClientCredentialsJwtCustomizer',
};

/** Whether a status accepts the body; `undefined` if the body was not validated. Storage refuses with 422 and 500. */
const verdictOf = (operation: string, status: number, code: unknown): boolean | undefined => {
  if (status < 300) return true;
  // Authorization and existence are not in any schema.
  if (operation === 'RequestToken') return undefined;
  if (status === 400) return code === 'guard.invalid_input' ? false : undefined;
  if (operation === 'TestJwtCustomizer') return status === 403 || status === 422 || undefined;
  if (status === 404) return code === 'entity.not_exists_with_id' || undefined;
  return status === 422 || status === 500 ? false : undefined;
};

const ofCase = (contract: Case): Known[] => {
  const { request, expect } = contract;
  const { operation, tokenType, method, authorization = 'good', raw, bytes, form } = request;
  const isHeard = authorization === 'good' || operation === 'RequestToken';
  if (contract.before !== undefined || method !== undefined || !isHeard) return [];
  const isPathRefused = expect.issues?.includes('/tokenTypePath') === true;
  const path = { names: ['TokenType'], body: tokenType as Json, isAccepted: !isPathRefused };
  if (isPathRefused) return [path];
  const isPathTaken = tokenType !== undefined && expect.status < 300;
  const body = raw === undefined && bytes === undefined ? (form ?? bodyOf(contract)) : undefined;
  const isAccepted = verdictOf(operation, expect.status, expect.code);
  const customizer = customizerOf[String(tokenType ?? valueAt(body, '/tokenType'))];
  const name =
    operation === 'RequestToken'
      ? 'TokenRequest'
      : customizer && `${customizer}${operation === 'TestJwtCustomizer' ? 'TestRequest' : ''}`;
  return [
    ...(isPathTaken ? [path] : []),
    ...(body === undefined || isAccepted === undefined || name === undefined
      ? []
      : [{ names: [name], body, isAccepted }]),
    // A body that one variant refuses may match the other.
    ...(customizer !== undefined && isAccepted === true && body !== undefined
      ? [
          {
            names: [`JwtCustomizer${operation === 'TestJwtCustomizer' ? 'TestRequest' : ''}`],
            body,
            isAccepted,
          },
        ]
      : []),
  ];
};

/**
 * The bodies of cases, with the results of tenants.
 *
 * @throws {Error} when a schema disagrees with tenants about a body.
 */
export const byCases = ({ accepts }: Validators): Known[] =>
  loadCases().flatMap((contract) =>
    ofCase(contract).map((sent) => {
      if (accepts(sent.names, sent.body) !== sent.isAccepted)
        throw new Error(`case: ${contract.name}: ${sent.names} disagrees with tenants about the body`);
      return sent;
    }),
  );

/** Every place in a body that the path matches. */
const pathsOf = (body: unknown, [token, ...rest]: readonly string[]): (string | number)[][] => {
  if (token === undefined) return [[]];
  if (typeof body !== 'object' || body === null) return [];
  const keys = token === '*' ? Object.keys(body) : Object.hasOwn(body, token) ? [token] : [];
  return keys.flatMap((key) =>
    pathsOf(body[key as never], rest).map((path) => [Array.isArray(body) ? Number(key) : key, ...path]),
  );
};

/** Recorded responses, and the same with various values at a place, by the id of the place. */
export const byResponses = ({ accepts }: Validators): ((id: string) => Iterable<Known>) => {
  const found = new Map<string, Known & { places: readonly Place[] }>();
  const places = new Map<string, readonly Place[]>();
  for (const release of recordedReleases.toReversed()) {
    const recorded = new Map(recordedExchanges(release).map(({ name, response }) => [name, response]));
    for (const { evidence, request } of loadCases()) {
      const response = 'recording' in evidence ? recorded.get(evidence.recording) : undefined;
      if (response === undefined) continue;
      const type = response.headers['content-type']?.split(';')[0] ?? '';
      const media = responseOf(request.operation, response.status)?.content?.[type];
      if (media === undefined || dereference(media.schema)['const'] !== undefined) continue;
      const body = response.body as Json;
      const names = variantsOf(media.schema, request.tokenType);
      const variant = names.find((name) => accepts([name], body));
      if (variant === undefined) continue;
      const inVariant = places.get(variant) ?? placesIn(variant);
      places.set(variant, inVariant);
      found.set(JSON.stringify([names, body]), { names, body, isAccepted: true, places: inVariant });
    }
  }
  return function* (id) {
    for (const { places, ...known } of found.values())
      for (const { node, tokens } of places.filter((place) => idOf(place) === id)) {
        const paths = pathsOf(known.body, tokens);
        if (paths.length > 0) yield known;
        for (const path of paths.slice(0, 2))
          for (const value of valuesFor(node)) {
            const body = replacedAt(known.body, path, value);
            yield { ...known, body, isAccepted: accepts(known.names, body), isMade: true };
          }
      }
  };
};
