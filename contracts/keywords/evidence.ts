/** Bodies whose verdict is known: from Logto's guards, from what tenants answered to cases, from recorded responses. */
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
  /** The schemas of the document, of which one is to accept the body. */
  names: readonly string[];
  body: Json;
  isAccepted: boolean;
  /** Made of a recorded response, with the document's own verdict: it shows what a keyword refuses, not that it is true. */
  isMade?: boolean;
}

export const idOf = ({ schema, pointer }: Pick<Place, 'schema' | 'pointer'>): string =>
  `${schema}#${pointer}`;

const placesIn = (schema: string): Place[] =>
  placesOf({ $ref: `#/components/schemas/${schema}` }, schemas as Record<string, Schema>).slice(1);

/** Every place of the document's named schemas, in the document's order, each once. */
export const allPlaces = (): Place[] =>
  Object.keys(schemas).flatMap((schema) => placesIn(schema).filter((place) => place.schema === schema));

/** The places that a guard knows: not those that came after the release whose guards are installed. */
const known = (places: readonly Place[]): Place[] => {
  const later: string[] = [];
  return places.filter(({ node, tokens }) => {
    const at = toPointer(tokens);
    const since = (node as Record<string, unknown>)['x-logto-since'];
    if (typeof since === 'string' && isBefore(officialRelease, since)) later.push(at);
    return !later.some((one) => at === one || at.startsWith(`${one}/`));
  });
};

/** The bodies that people send, each with what judges it: of a union, the guards of its variants. */
const guarded = [
  ...subjects.map((subject) => ({ name: subject.schema, judges: [subject] })),
  ...['JwtCustomizer', 'JwtCustomizerTestRequest'].map((name) => ({
    name,
    judges: subjects.filter((subject) => name.endsWith('Request') === subject.schema.endsWith('Request')),
  })),
];

/** A place that a guard knows, in the body of that name. */
type Guarded = (typeof guarded)[number] & { place: Place };

/** What guards know, by place: the first body that leads there. */
export const guardedPlaces = (): Map<string, Guarded> => {
  const all = guarded.flatMap((body) => known(placesIn(body.name)).map((place) => ({ ...body, place })));
  return new Map(all.toReversed().map((one) => [idOf(one.place), one]));
};

/** Bodies with all sorts of values at a place, by Logto's guards; and where ours say otherwise. */
export const byGuard = (
  { place, judges, name }: Guarded,
  { accepts }: Validators,
): { known: Known[]; problems: string[] } => {
  const problems: string[] = [];
  const bodies = valuesFor(place.node).map((value): Known => {
    const body = place.embed(value);
    const byGuard = judges.some(({ official }) => official(body).success);
    const issues = judges.map(({ validate }) => validate(body));
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

/** What a status says of the body; nothing when the body was not looked at. Storage refuses with 422 and 500. */
const verdictOf = (operation: string, status: number, code: unknown): boolean | undefined => {
  if (status < 300) return true;
  // What no schema says of: who asks, for what.
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
    // What one variant refuses the other may accept.
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
 * What cases send, by what tenants made of it.
 *
 * @throws {Error} when a schema does not say of a body what tenants do.
 */
export const byCases = ({ accepts }: Validators): Known[] =>
  loadCases().flatMap((contract) =>
    ofCase(contract).map((sent) => {
      if (accepts(sent.names, sent.body) !== sent.isAccepted)
        throw new Error(`case: ${contract.name}: ${sent.names} does not say of the body what tenants do`);
      return sent;
    }),
  );

/** Every place in a body where the tokens lead. */
const pathsOf = (body: unknown, [token, ...rest]: readonly string[]): (string | number)[][] => {
  if (token === undefined) return [[]];
  if (typeof body !== 'object' || body === null) return [];
  const keys = token === '*' ? Object.keys(body) : Object.hasOwn(body, token) ? [token] : [];
  return keys.flatMap((key) =>
    pathsOf(body[key as never], rest).map((path) => [Array.isArray(body) ? Number(key) : key, ...path]),
  );
};

/** Recorded responses, and the same with all sorts of values at a place, by the id of the place. */
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
