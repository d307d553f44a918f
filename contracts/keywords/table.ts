import { loadResponses, loadSent } from './corpus.ts';
import { type Entry, entriesAt } from './entries.ts';
import { createLosses, type Proof, proveByGuard, proveByResponse, proveBySent } from './proofs.ts';
import written from './reasons.json' with { type: 'json' };
import { allPlaces, idOf, type Place, routesFrom, schemas } from './schema.ts';
import { createValidators, guardedBodies } from './validators.ts';

/** One thing that a keyword of the document says, and what proves that it is said and that it is true. */
export interface Row {
  /** The named schema of the document. */
  schema: string;
  /** JSON Pointer into it. */
  place: string;
  /** The keyword, with what it lists: `required: id`. */
  keyword: string;
  /** Who sent, or was answered, a value that it lets through. Empty when nobody was seen to. */
  valid: string;
  /** A value that it alone refuses, and that is refused. */
  invalid: string;
  /** What no longer holds without it: of a listed value or a bound, also with less allowed. */
  dies: string;
  /** Why the row has gaps. */
  reason?: string;
  /** In what schemas, guards, recordings and suite are not of one mind. */
  problems: string[];
}

/** What `reasons.json` is keyed by. */
export const keyOf = ({ schema, place, keyword }: Pick<Row, 'schema' | 'place' | 'keyword'>): string =>
  `${schema}#${place} ${keyword}`;

export const isComplete = ({ valid, invalid, dies, problems }: Row): boolean =>
  valid !== '' && invalid !== '' && dies !== '' && problems.length === 0;

const nothing: Proof = { valid: '', invalid: '', loosened: '', narrowed: '', problems: [] };

/** Why a row may have gaps, by the row's key. */
export const reasons = new Map(written.flatMap(({ reason, rows }) => rows.map((row) => [row, reason])));

/** What people sent is named first; the rest says what it does not. */
const toRow = (entry: Entry, sent: Proof, made: Proof): Row => {
  const { schema, pointer: place } = entry.place;
  const { keyword } = entry;
  const loosened = sent.loosened || made.loosened;
  const narrowed = sent.narrowed || made.narrowed;
  const dies =
    entry.narrowed === undefined
      ? loosened
      : loosened && narrowed && `${loosened}; with less allowed: ${narrowed}`;
  const reason = reasons.get(keyOf({ schema, place, keyword }));
  return {
    schema,
    place,
    keyword,
    valid: sent.valid || made.valid,
    invalid: made.invalid || sent.invalid,
    dies,
    ...(reason !== undefined && { reason }),
    problems: made.problems,
  };
};

/**
 * Every keyword of the document's schemas, entry by entry, in the document's order.
 *
 * @param names The schemas to look at. @default all
 * @throws {Error} for a keyword that it does not know how to prove.
 */
export const keywordTable = (names: readonly string[] = Object.keys(schemas)): Row[] => {
  const request = createValidators('request');
  const closed = createValidators('closed');
  const sent = loadSent(request);
  const responses = loadResponses(closed);
  const subjects = guardedBodies.map((subject) => ({ subject, routes: routesFrom(subject.schema) }));
  const routeTo = (place: Place) => {
    for (const { subject, routes } of subjects) {
      const route = routes.get(idOf(place));
      if (route !== undefined) return { subject, route };
    }
    return undefined;
  };
  const places = allPlaces().filter(({ schema }) => names.includes(schema));
  return places.flatMap((place) => {
    const way = routeTo(place);
    const lossesInRequests = createLosses(request);
    const lossesInResponses = createLosses(closed);
    return entriesAt(place, request.fits).map((entry) => {
      const losses = lossesInRequests(entry);
      const made =
        way === undefined
          ? proveByResponse(entry, lossesInResponses(entry), responses)
          : proveByGuard(entry, losses, way, request);
      return toRow(entry, proveBySent(entry, losses, sent), made ?? nothing);
    });
  });
};
