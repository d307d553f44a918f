import type { Json } from '../contract/json.ts';
import { newerThan as newerRelease, type Release, releaseOf } from '../contract/releases.ts';
import { isBefore } from '../tenant/release.ts';
import { type Comparison, compareDocuments } from './compare.ts';
import { type Difference, type Finding, findingsOf } from './finding.ts';
import { divergences, type KnownWrongs, knownWrongsIn } from './known-wrongs.ts';
import { rules } from './rules.ts';

/** A document that is compared. */
export interface Source {
  /** For people: a file or a URL. */
  name: string;
  document: Json;
  /** Of ours, which describes each release: only what this one has is expected of a tenant. */
  asOf?: string;
}

/** Something that the vendor's document says and tenants do not do. */
export interface KnownWrong {
  id: string;
  says: string;
  does: string;
  /** The name of a recording; `null` when the official guard is the evidence. */
  evidence: string | null;
  /** The release of Logto whose document is right; none when no release is known to be. */
  mendedIn?: string;
  /** Whether the new document has it. `added`: it has, and the old one had not. */
  state: 'present' | 'mended' | 'added';
  /** How it shows; for what is mended, how that shows, if it does. */
  findings: Finding[];
}

/** What `drift --json` prints. A change that breaks who reads it gets another version. */
export interface DriftReport {
  version: 1;
  old: { name: string; release?: string };
  new: { name: string; release?: string };
  /** Whether anything but known wrongs differs. */
  drift: boolean;
  /** Whether a client of ours breaks. */
  breaks: boolean;
  counts: {
    breaking: number;
    compatible: number;
    knownWrongs: number;
    mended: number;
    /** What came after the release as of which our document is read. */
    later: number;
  };
  /** What breaks comes first. */
  findings: Finding[];
  knownWrongs: KnownWrong[];
}

/** What a document tells of its release; nothing when it does not describe the customizers. */
const releaseIn = ({ document }: Source): Release | undefined => {
  try {
    return releaseOf(document);
  } catch {
    return undefined;
  }
};

const described = (source: Source): DriftReport['new'] => {
  const release = releaseIn(source);
  return { name: source.name, ...(release && { release: release.name }) };
};

/**
 * The first release after the named one whose fields a document has, if it has any.
 *
 * @param named As in `1.42`.
 */
export const newerThan = (source: Source, named: string): string | undefined => {
  const release = releaseIn(source);
  return release && newerRelease(release, named);
};

/** Whether it is gone because its release is yet to come. */
const isLater = ({ code, since }: Difference, { asOf }: Source): boolean =>
  asOf !== undefined && since !== undefined && rules[code].kind === 'removed' && isBefore(asOf, since);

/** Names in paths do not count. */
const operationOf = ({ place }: Difference): string => place.operation.replaceAll(/\{[^}]*\}/g, '{}');

/** What a difference is about, whichever documents are compared. */
const subjectOf = (difference: Difference, field = difference.field): string => {
  const { code, direction, keyword, place } = difference;
  return JSON.stringify([
    operationOf(difference),
    place.status ?? '',
    direction,
    field,
    rules[code].subject,
    rules[code].subject === 'constraint' ? keyword : '',
  ]);
};

/** A field without the variant that it is in: an untyped request has none. */
const inAnyVariant = (field: string): string => field.replace(/^\[[^\]]*\]/, '');

/** As a difference between documents names it that both have variants, or that both have none. */
const subjectsOf = (difference: Difference): string[] => [
  subjectOf(difference),
  subjectOf(difference, inAnyVariant(difference.field)),
];

const wrong = (id: string, state: KnownWrong['state'], differences: readonly Difference[]): KnownWrong[] =>
  divergences
    .filter((divergence) => divergence.id === id)
    .map(({ says, does, evidence, mendedIn }) => ({
      id,
      says,
      does,
      evidence,
      ...(mendedIn !== undefined && { mendedIn }),
      state,
      findings: findingsOf(differences),
    }));

const isInside = (inner: Difference, outer: Difference): boolean => {
  const field = outer.field.startsWith('[') ? inner.field : inAnyVariant(inner.field);
  return (
    inner.direction === outer.direction &&
    inner.place.status === outer.place.status &&
    operationOf(inner) === operationOf(outer) &&
    field.startsWith(outer.field) &&
    ['', '/', '['].includes(field.charAt(outer.field.length))
  );
};

/** What ours has and the new document has not is found where the new one has what it is missing in. */
const inPlaceOf = ({ place: { pointer, in: side } }: Difference, inner: Difference): Difference =>
  inner.place.in === 'new' ? inner : { ...inner, place: { ...inner.place, pointer, in: side } };

interface Judged {
  rest: readonly Difference[];
  knownWrongs: KnownWrong[];
}

const judged = ({ shown, mended, rest }: KnownWrongs): Judged => ({
  rest,
  knownWrongs: [
    ...[...shown].flatMap(([id, differences]) => wrong(id, 'present', differences)),
    ...mended.flatMap((id) => wrong(id, 'mended', [])),
  ],
});

/** By what each difference is about, the known wrong that shows there. */
const bySubject = ({ shown }: KnownWrongs): Map<string, string> =>
  new Map(
    [...shown].flatMap(([id, found]) =>
      found.flatMap((difference) => subjectsOf(difference).map((subject): [string, string] => [subject, id])),
    ),
  );

/**
 * Two tenants' documents: what the one has wrong and the other as we do is no change of what tenants do.
 *
 * @param sides Our document with the old one, and with the new one.
 */
const judgedBetween = (between: Comparison, sides: { old: Comparison; new: Comparison }): Judged => {
  const [before, after] = [knownWrongsIn(sides.old), knownWrongsIn(sides.new)];
  const [wrongBefore, wrongAfter] = [bySubject(before), bySubject(after)];
  const [otherBefore, otherAfter] = [sides.old, sides.new].map(
    ({ differences }) => new Set(differences.flatMap(subjectsOf)),
  );
  const changed = new Map<string, Difference[]>();
  const rest = between.differences.flatMap((difference) => {
    const subject = subjectOf(difference);
    const mended = otherAfter?.has(subject) ? undefined : wrongBefore.get(subject);
    const id = mended ?? (otherBefore?.has(subject) ? undefined : wrongAfter.get(subject));
    if (id === undefined) return [difference];
    changed.set(id, [...(changed.get(id) ?? []), difference]);
    // What is below it was not compared: the old document says nothing of it.
    return mended === undefined
      ? []
      : after.rest
          .filter((other) => isInside(other, difference) && !otherBefore?.has(subjectOf(other)))
          .map((other) => inPlaceOf(difference, other));
  });
  return {
    rest,
    knownWrongs: [
      ...[...after.shown].flatMap(([id, differences]) =>
        wrong(id, before.shown.has(id) ? 'present' : 'added', differences),
      ),
      ...after.mended
        .filter((id) => before.shown.has(id))
        .flatMap((id) => wrong(id, 'mended', changed.get(id) ?? [])),
    ],
  };
};

/**
 * What changed for clients from one document to another.
 *
 * @param ours Our document.
 * @param now What a tenant says of itself.
 * @param old What to compare it with: our document, unless it is another.
 * @throws {UnreadableDocumentError} when one of them cannot be compared.
 */
export const driftOf = (ours: Source, now: Source, old: Source = ours): DriftReport => {
  const comparison = compareDocuments(old.document, now.document);
  const { rest, knownWrongs } =
    old === ours
      ? judged(knownWrongsIn(comparison))
      : judgedBetween(comparison, {
          old: compareDocuments(ours.document, old.document),
          new: compareDocuments(ours.document, now.document),
        });
  const later = old === ours ? rest.filter((difference) => isLater(difference, ours)) : [];
  const findings = findingsOf(rest.filter((difference) => !later.includes(difference)));
  const breaking = findings.filter(({ breaks }) => breaks);
  const compatible = findings.filter(({ breaks }) => !breaks);
  return {
    version: 1,
    old: described(old),
    new: described(now),
    drift: findings.length > 0,
    breaks: breaking.length > 0,
    counts: {
      breaking: breaking.length,
      compatible: compatible.length,
      knownWrongs: knownWrongs.filter(({ state }) => state !== 'mended').length,
      mended: knownWrongs.filter(({ state }) => state === 'mended').length,
      later: findingsOf(later).length,
    },
    findings: [...breaking, ...compatible],
    knownWrongs,
  };
};
