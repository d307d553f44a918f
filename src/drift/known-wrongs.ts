import { readFileSync } from 'node:fs';
import type { Json } from '../contract/json.ts';
import type { Compared, Comparison } from './compare.ts';
import type { Difference } from './finding.ts';
import { canonical } from './json.ts';
import { type Code, type Direction, rules } from './rules.ts';
import { createShapes } from './schema.ts';
import { print } from './shape.ts';

/** How a known wrong shows as a difference between our document and a tenant's. What is left out may be anything. */
export interface Mark {
  code: Code;
  direction?: Direction;
  operations?: string[];
  statuses?: string[];
  /** The whole field, or its end after `…`. */
  fields?: string[];
  keyword?: string;
  before?: Json;
  after?: Json;
  /** What the tenant's document has there, so that nothing else hides behind the difference. */
  schema?: Json;
}

/** Where the vendor says other than tenants do: `contracts/divergences.json`. */
export interface Divergence {
  id: string;
  says: string;
  does: string;
  /** The name of a recording; `null` when the official guard is the evidence. */
  evidence: string | null;
  /** The release of Logto whose document is right. */
  mendedIn?: string;
  /** How it shows; none for what is wrong on the vendor's page alone. */
  drift?: Mark[];
}

export const divergences = JSON.parse(
  readFileSync(new URL('../../contracts/divergences.json', import.meta.url), 'utf8'),
) as Divergence[];

const isIn = (list: readonly string[] | undefined, value: string | undefined): boolean =>
  list === undefined || (value !== undefined && list.includes(value));

const isField = (fields: readonly string[] | undefined, field: string): boolean =>
  fields === undefined ||
  fields.some((name) => (name.startsWith('…') ? field.endsWith(name.slice(1)) : field === name));

const isPlace = (mark: Mark, { operation, direction, status, field }: Compared): boolean =>
  (mark.direction === undefined || mark.direction === direction) &&
  isIn(mark.operations, operation) &&
  isIn(mark.statuses, status) &&
  isField(mark.fields, field);

const same = (wanted: Json | undefined, found: Json | undefined): boolean =>
  wanted === undefined || canonical(wanted) === canonical(found);

const placeOf = ({ direction, field, place }: Difference): Compared => ({
  operation: place.operation,
  direction,
  ...(place.status !== undefined && { status: place.status }),
  field,
});

/** Whether a difference between our document and a tenant's is that of a known wrong. */
export const isMarked = (mark: Mark, difference: Difference): boolean =>
  mark.code === difference.code &&
  isPlace(mark, placeOf(difference)) &&
  same(mark.keyword, difference.keyword) &&
  same(mark.before, difference.before) &&
  same(mark.after, difference.after) &&
  (mark.schema === undefined ||
    (difference.shape !== undefined &&
      print(difference.shape) === print(createShapes(mark.schema)({ value: mark.schema, pointer: '' }))));

/** The place at which a mark would show: for what would be added, what it would be added to. */
const couldShow = (mark: Mark, compared: Compared): boolean => {
  if (rules[mark.code].kind !== 'added' || rules[mark.code].subject !== 'field')
    return isPlace(mark, compared);
  const fields = mark.fields?.map((field) => field.slice(0, field.lastIndexOf('/')));
  return isPlace({ ...mark, ...(fields && { fields }) }, compared);
};

/** The known wrongs of a tenant's document, by comparison with ours. */
export interface KnownWrongs {
  /** What shows of each, by its id. */
  shown: Map<string, Difference[]>;
  /** Those that could show in this document and do not: it is right there. */
  mended: string[];
  /** What is no known wrong. */
  rest: Difference[];
}

/** @param comparison Of our document (old) with a tenant's (new). */
export const knownWrongsIn = ({ differences, compared }: Comparison): KnownWrongs => {
  const shown = new Map<string, Difference[]>();
  const rest = differences.filter((difference) => {
    const known = divergences.find(({ drift = [] }) => drift.some((mark) => isMarked(mark, difference)));
    if (known !== undefined) shown.set(known.id, [...(shown.get(known.id) ?? []), difference]);
    return known === undefined;
  });
  const mended = divergences.filter(
    ({ id, drift = [] }) =>
      !shown.has(id) && drift.some((mark) => compared.some((place) => couldShow(mark, place))),
  );
  return { shown, mended: mended.map(({ id }) => id), rest };
};
