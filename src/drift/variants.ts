import { asText, canonical } from './json.ts';
import { printVariant, type Shape, type Variant } from './shape.ts';

/** Pairs of variants that are the same one in both documents, and what has no counterpart. */
export interface Matched {
  pairs: [Variant, Variant][];
  removed: Variant[];
  added: Variant[];
}

const literalOf = (shape: Shape): string | undefined => {
  const [only, ...more] = shape.variants.filter(({ type }) => type !== 'null');
  return more.length === 0 && only?.values?.length === 1 ? canonical(only.values[0]) : undefined;
};

const literalsIn = ({ fields }: Variant): [string, string][] =>
  [...fields].flatMap(([name, { shape }]): [string, string][] => {
    const literal = literalOf(shape());
    return literal === undefined ? [] : [[name, literal]];
  });

const knownTags = new WeakMap<Variant, Map<string, string>>();

/** What tells a variant apart: the literals of its fields, and of the fields of those. */
export const tagsOf = (variant: Variant): Map<string, string> => {
  const tags =
    knownTags.get(variant) ??
    new Map([
      ...literalsIn(variant),
      ...[...variant.fields].flatMap(([name, { shape }]) =>
        shape()
          .variants.filter(({ type }) => type === 'object')
          .flatMap(literalsIn)
          .map(([inner, literal]): [string, string] => [`${name}.${inner}`, literal]),
      ),
    ]);
  knownTags.set(variant, tags);
  return tags;
};

/** A name of a variant among others, made of its content. */
export const labelOf = (variant: Variant): string => {
  const tags = [...tagsOf(variant)].sort(
    ([a], [b]) => a.split('.').length - b.split('.').length || (a < b ? -1 : 1),
  );
  const [tag] = tags;
  if (tag !== undefined) return `[${tag[0]}=${asText(JSON.parse(tag[1]))}]`;
  return variant.fields.size > 0 ? `[${[...variant.fields.keys()].sort().join(',')}]` : '';
};

/** Whether each variant has a required literal that no other has: then `oneOf` and `anyOf` mean the same. */
export const areDisjoint = (variants: readonly Variant[]): boolean =>
  variants.every((one, index) =>
    variants.slice(index + 1).every((other) => {
      const tags = tagsOf(other);
      return [...tagsOf(one)].some(
        ([name, literal]) =>
          one.required.has(name) && other.required.has(name) && tags.has(name) && tags.get(name) !== literal,
      );
    }),
  );

const namesOf = ({ fields, required }: Variant): Set<string> => new Set([...fields.keys(), ...required]);

/** How much of what `a` names `b` names too: 0 to 1. */
const covered = (a: Variant, b: Variant): number => {
  const names = namesOf(a);
  return names.size === 0 ? 1 : [...names].filter((name) => namesOf(b).has(name)).length / names.size;
};

const likeness = (a: Variant, b: Variant): number => Math.min(covered(a, b), covered(b, a));

const conflict = (a: Variant, b: Variant): boolean => {
  const tags = tagsOf(b);
  return [...tagsOf(a)].some(([name, literal]) => tags.has(name) && tags.get(name) !== literal);
};

const sharedTags = (a: Variant, b: Variant): number => {
  const tags = tagsOf(b);
  return [...tagsOf(a)].filter(([name, literal]) => tags.get(name) === literal).length;
};

const inOrder = (a: Variant, b: Variant): number => {
  const [first, second] = [printVariant(a), printVariant(b)];
  return first === second ? 0 : first < second ? -1 : 1;
};

/** Takes the best pair again and again, while one is good enough (above 0). The order of the lists does not count. */
const pairBest = (
  olds: Variant[],
  news: Variant[],
  score: (old: Variant, now: Variant) => number,
): [Variant, Variant][] => {
  const candidates = olds
    .flatMap((old) => news.map((now) => ({ old, now, points: score(old, now) })))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || inOrder(a.old, b.old) || inOrder(a.now, b.now));
  const pairs: [Variant, Variant][] = [];
  for (const { old, now } of candidates) {
    if (!olds.includes(old) || !news.includes(now)) continue;
    pairs.push([old, now]);
    olds.splice(olds.indexOf(old), 1);
    news.splice(news.indexOf(now), 1);
  }
  return pairs;
};

/** What a variant is mostly made of, and no tag of its own that the other lacks: the other stands for it as well. */
const standsFor = (one: Variant, other: Variant): boolean =>
  one.fields.size > 0 &&
  covered(one, other) >= 0.75 &&
  [...tagsOf(other)].every(([name, literal]) => tagsOf(one).get(name) === literal);

/** Which variants of the one document are which of the other, by content: those of one type, each once. */
export const matchVariants = (before: readonly Variant[], after: readonly Variant[]): Matched => {
  const [single, now] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && single !== undefined && now !== undefined)
    return { pairs: [[single, now]], removed: [], added: [] };
  const olds = [...before];
  const news = [...after];
  const pairs = [
    ...pairBest(olds, news, (a, b) => (printVariant(a) === printVariant(b) ? 1 : 0)),
    ...pairBest(olds, news, (a, b) =>
      conflict(a, b) ? 0 : sharedTags(a, b) && sharedTags(a, b) + likeness(a, b),
    ),
    ...pairBest(olds, news, (a, b) => (conflict(a, b) || likeness(a, b) < 0.5 ? 0 : likeness(a, b))),
  ];
  if (olds.length === 1 && news.length === 1)
    pairs.push(...pairBest(olds, news, (a, b) => (likeness(a, b) === 1 ? 1 : 0)));
  const removed = olds.filter((old) => {
    const other = after.find((candidate) => standsFor(old, candidate));
    if (other !== undefined) pairs.push([old, other]);
    return other === undefined;
  });
  const added = news.filter((one) => {
    const other = before.find((candidate) => standsFor(one, candidate));
    if (other !== undefined) pairs.push([other, one]);
    return other === undefined;
  });
  return { pairs, removed, added };
};
