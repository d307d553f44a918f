import type { Json } from '../contract/json.ts';
import { canonical } from './json.ts';
import { type Code, type Direction, type Rule, rules, type Subject, verdictOf } from './rules.ts';
import type { Shape } from './shape.ts';

/** Where in a document something was found. */
export interface Place {
  /** `PATCH /api/configs/jwt-customizer/{tokenTypePath}` */
  operation: string;
  /** Of the response; none for what is about the request or the whole operation. */
  status?: string;
  /** RFC 6901, into the document named by `in`. */
  pointer: string;
  /** What is gone is found in the old document, the rest in the new one. */
  in: 'old' | 'new';
}

/** What differs, wherever it is. */
interface Change {
  code: Code;
  direction: Direction;
  /**
   * The way from the body to what is meant: names of fields, `*` for the items of an array and the fields of a map,
   * `[type=Social]` for a variant. Empty for the body itself. Of parameters and headers, their name.
   */
  field: string;
  /** The keyword of a constraint. */
  keyword?: string;
  before?: Json;
  after?: Json;
  /** The release of Logto that brought what is gone, by the old document. */
  since?: string;
}

/** One difference at one place. */
export interface Difference extends Change {
  /** What the new document has there, where nothing below is compared. */
  shape?: Shape;
  place: Place;
}

/** One difference wherever it is. */
export interface Finding extends Change {
  kind: Rule['kind'];
  subject: Subject;
  /** Whether a client of ours breaks; in doubt, it does. */
  breaks: boolean;
  /** Why, in a sentence. */
  reason: string;
  places: Place[];
}

const sameFinding = ({ place: _, shape: __, ...rest }: Difference): string => canonical(rest as Json);

/** Differences that are the same at several places become one finding, in the order of the first. */
export const findingsOf = (differences: readonly Difference[]): Finding[] => {
  const findings = new Map<string, Finding>();
  const known = new Set<string>();
  for (const difference of differences) {
    const key = sameFinding(difference);
    const { place, code, direction, shape: _, ...rest } = difference;
    const { kind, subject } = rules[code];
    const finding = findings.get(key) ?? {
      code,
      kind,
      subject,
      direction,
      ...rest,
      ...verdictOf(code, direction),
      places: [],
    };
    const at = `${key} ${canonical({ ...place })}`;
    if (!known.has(at)) finding.places.push(place);
    known.add(at);
    findings.set(key, finding);
  }
  return [...findings.values()];
};
