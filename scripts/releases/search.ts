/** Finds the differences between our document and the guards of releases, each with the smallest body. */
import fc from 'fast-check';
import { bodies, type Json } from '../../contracts/guards/arbitraries.ts';
import { names as documented, guardOf, type Subject, schemas } from '../../contracts/guards/subjects.ts';
import type { BodyGuards, JsonSchema, JsonSchemas } from '../../src/tenant/index.ts';
import { compareGuards, type Finding } from './compare.ts';
import { probesOf } from './probes.ts';

/** A release, and our document for that release. */
export interface Rival {
  release: string;
  document: BodyGuards;
  guards: BodyGuards;
  /** The JSON Schema of its guards, so that fields that only they know are tested, too. */
  described?: JsonSchema;
}

export interface Disagreement extends Finding {
  release: string;
  subject: Subject;
  /** JSON text. */
  body: string;
}

export interface Searched {
  /** The numbers of accepted and refused bodies in the last run, counted for each release. */
  accepted: number;
  refused: number;
  found: Disagreement[];
}

/** More would be unreadable, and each takes a separate run. */
const limit = 60;

type Found = Pick<Disagreement, 'release' | 'kind' | 'place' | 'value'>;

const isSame = (a: Found, b: Found): boolean =>
  a.release === b.release && a.kind === b.kind && a.place.pointer === b.place.pointer && a.value === b.value;

/** A release that drops a field accepts anything inside it, which is not another difference. */
const isExplained = (finding: Found, by: Found): boolean => {
  const [below, field] = [finding.place.pointer, by.place.pointer];
  return (
    by.release === finding.release &&
    (by.kind === 'drops' || by.kind === 'keeps') &&
    (below.startsWith(`${field}/`) ||
      (below === field && (finding.kind === 'accepts' || finding.kind === 'refuses')))
  );
};

/** Every value with one field or item less, at any depth. */
const reductions = (value: Json): Json[] => {
  if (Array.isArray(value))
    return value.flatMap((item, index) => [
      value.toSpliced(index, 1),
      ...reductions(item).map((smaller) => value.with(index, smaller)),
    ]);
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  return entries.flatMap(([key, item], index) => [
    Object.fromEntries(entries.toSpliced(index, 1)),
    ...reductions(item).map((smaller) => Object.fromEntries(entries.with(index, [key, smaller]))),
  ]);
};

/** Reduces the body to what shows the difference. */
const smallest = (text: string, isFound: (text: string) => boolean): string => {
  const smaller = reductions(JSON.parse(text))
    .map((body) => JSON.stringify(body))
    .find((candidate) => candidate !== text && isFound(candidate));
  return smaller === undefined ? text : smallest(smaller, isFound);
};

const fieldNames = (schema: JsonSchema | undefined): string[] =>
  schema === undefined
    ? []
    : [
        ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [name, ...fieldNames(field)]),
        ...[...(schema.anyOf ?? []), schema.items, schema.additionalProperties].flatMap((part) =>
          typeof part === 'object' ? fieldNames(part) : [],
        ),
      ];

/**
 * Tests on every rival the smallest body for each field, then `runs` others, and starts again after each difference until
 * there is no other.
 *
 * @returns the differences; those that only occur together have the same body
 */
export const search = (
  subject: Subject,
  rivals: readonly Rival[],
  { seed, runs }: { seed: number; runs: number },
): Searched => {
  const schema = { $ref: `#/components/schemas/${subject.schema}` };
  /** A changed body may have the other token type. */
  const root =
    subject.body === 'testRequest' ? { $ref: '#/components/schemas/JwtCustomizerTestRequest' } : schema;
  const roots: JsonSchema[] = [schema, ...rivals.flatMap(({ described }) => described ?? [])];
  const names = [...new Set([...documented, ...roots.flatMap(fieldNames)])];
  const arbitrary = fc.oneof(
    ...roots.map((root) => ({
      // The other schemas repeat most of it, and know less about the format of strings.
      weight: root === schema ? roots.length : 1,
      arbitrary: bodies(root as { [keyword: string]: unknown }, schemas, names),
    })),
  );
  const found: Disagreement[] = [];
  const compare = ({ document, guards, described }: Rival, text: string) =>
    compareGuards(
      { document: guardOf(document, subject), release: guardOf(guards, subject) },
      described === undefined ? [root] : [root, described],
      text,
    );
  const isKnown = (finding: Found): boolean =>
    found.some((known) => isSame(finding, known) || isExplained(finding, known));

  /** Reduces the body to what shows the difference. */
  const shrunk = (rival: Rival, finding: Found, text: string): Disagreement => {
    const { release } = rival;
    const again = (body: string) =>
      compare(rival, body).findings.find((other) => isSame(finding, { ...other, release }));
    const body = smallest(text, (candidate) => again(candidate) !== undefined);
    return { ...(again(body) as Finding), release, subject, body };
  };

  let counts = { accepted: 0, refused: 0 };
  const newIn = (text: string) =>
    rivals.flatMap((rival) => {
      const { accepted, findings } = compare(rival, text);
      counts[accepted ? 'accepted' : 'refused'] += 1;
      const { release } = rival;
      return findings
        .map((finding) => ({ rival, finding: { ...finding, release } }))
        .filter(({ finding }) => !isKnown(finding));
    });
  const keep = (text: string): void => {
    for (const { rival, finding } of newIn(text))
      if (!isKnown(finding)) found.push(shrunk(rival, finding, text));
  };
  for (const root of roots)
    for (const { body } of probesOf(root, schemas as JsonSchemas)) keep(JSON.stringify(body));
  while (found.length < limit) {
    counts = { accepted: 0, refused: 0 };
    const { counterexample } = fc.check(
      fc.property(arbitrary, (text) => newIn(text).length === 0),
      { seed, numRuns: runs },
    );
    if (counterexample === null) break;
    keep(counterexample[0]);
  }
  return { ...counts, found: found.filter((one) => !found.some((other) => isExplained(one, other))) };
};
