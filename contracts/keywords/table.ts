import { type Entry, entriesAt } from './entries.ts';
import { allPlaces, byCases, byGuard, byResponses, guardedPlaces, idOf, type Known } from './evidence.ts';
import written from './reasons.json' with { type: 'json' };
import { type Accepts, createValidators, leadingTo } from './validators.ts';

/** One restriction of a keyword in the document, and whether a known body proves it. */
export interface Row {
  /** The named schema, the place in it, and the keyword with its listed value: `User#/properties/id type: string`. */
  key: string;
  keyword: string;
  /** Whether only this refuses a known body; and, for a listed value or a bound, whether only this accepts one. */
  isProved: boolean;
  /** The disagreements of schemas, guards and validators at the place. */
  problems: readonly string[];
}

/** Why a row may be unproved, by its key. */
export const reasons = new Map(written.flatMap(({ reason, rows }) => rows.map((row) => [row, reason])));

/**
 * Every keyword of the document's schemas, entry by entry, in the document's order.
 *
 * @param names The schemas to include. @default all
 * @throws {Error} for a keyword without a defined proof.
 */
export const keywordTable = (names?: readonly string[]): Row[] => {
  const validators = { request: createValidators('request'), closed: createValidators('closed') };
  const ways = guardedPlaces();
  const cases = byCases(validators.request);
  const responses = byResponses(validators.closed);
  const leads = leadingTo();
  const places = allPlaces().filter(({ schema }) => names?.includes(schema) ?? true);
  return places.flatMap((place) => {
    const id = idOf(place);
    const way = ways.get(id);
    const { known, problems } =
      way === undefined ? { known: [], problems: [] } : byGuard(way, validators.request);
    const leading = leads(place.schema);
    const sent = [...known, ...cases.filter((one) => one.names.some((name) => leading.has(name)))];
    const entries = entriesAt(place);
    const dies = (node: Entry['loosened'], isEvidence: (one: Known) => boolean): boolean => {
      const mutant = { ...place, node };
      const differs = (accepts: Accepts) => (one: Known) =>
        isEvidence(one) && accepts(one.names, one.body) !== one.isAccepted;
      if (sent.some(differs(validators.request.mutated(mutant)))) return true;
      const differing = differs(validators.closed.mutated(mutant));
      if (way === undefined) for (const one of responses(id)) if (differing(one)) return true;
      return false;
    };
    return entries.map(({ keyword, loosened, narrowed, isBound }) => ({
      key: `${id} ${keyword}`,
      keyword,
      isProved:
        problems.length === 0 &&
        dies(loosened, ({ isAccepted }) => !isAccepted) &&
        (narrowed === undefined ||
          dies(narrowed, ({ isAccepted, isMade }) => isAccepted && (isBound || !isMade))),
      problems,
    }));
  });
};
