import type { Json } from '../contract/json.ts';
import { canonical, ordered } from './json.ts';
import { type Field, isBare, isBareShape, type Shape, type Variant } from './shape.ts';

export const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** What both demand. Two that differ and of which none is the stricter are kept side by side. */
const both = (keyword: string, a: Json, b: Json): Json => {
  if (canonical(a) === canonical(b)) return a;
  if (typeof a === 'number' && typeof b === 'number') {
    if (/^(max|exclusiveMax)/.test(keyword)) return Math.min(a, b);
    if (/^(min|exclusiveMin)/.test(keyword)) return Math.max(a, b);
  }
  return ordered([a, b].flatMap((value) => (Array.isArray(value) ? value : [value])));
};

const sharedValues = (a: Variant, b: Variant): readonly Json[] | undefined => {
  if (a.values === undefined || b.values === undefined) return a.values ?? b.values;
  const known = new Set(b.values.map(canonical));
  return a.values.filter((value) => known.has(canonical(value)));
};

const sharedConstraints = (a: Variant['constraints'], b: Variant['constraints']): Variant['constraints'] => {
  if (a === undefined || b === undefined) return a ?? b;
  return once(() => {
    const result = new Map(a());
    for (const [keyword, value] of b()) {
      const known = result.get(keyword);
      result.set(keyword, known === undefined ? value : both(keyword, known, value));
    }
    return result;
  });
};

const inside = (a: (() => Shape) | undefined, b: (() => Shape) | undefined): (() => Shape) | undefined =>
  a === undefined || b === undefined ? (a ?? b) : once(() => intersect(a(), b()));

/** A field of both; of one alone, it is to the other one of its fields without a name. */
const sharedField = (name: string, a: Variant, b: Variant): [string, Field][] => {
  const [one, other] = [a.fields.get(name), b.fields.get(name)];
  const field = one ?? other;
  if (field === undefined) return [];
  const [inOne, inOther] = [one?.shape ?? a.others, other?.shape ?? b.others];
  if (inOne === false || inOther === false) {
    // Nothing can be in it; one that is required can never be right.
    const isRequired = a.required.has(name) || b.required.has(name);
    return isRequired ? [[name, { ...field, shape: () => ({ pointer: field.pointer, variants: [] }) }]] : [];
  }
  return [
    [name, { ...field, shape: inside(inOne, inOther) ?? field.shape, since: one?.since ?? other?.since }],
  ];
};

const intersectVariants = (a: Variant, b: Variant): Variant | undefined => {
  if (isBare(a)) return { ...b, since: a.since ?? b.since };
  if (isBare(b)) return { ...a, since: a.since ?? b.since };
  const values = sharedValues(a, b);
  if (values?.length === 0) return undefined;
  const names = new Set([...a.fields.keys(), ...b.fields.keys()]);
  return {
    ...a,
    since: a.since ?? b.since,
    isInteger: a.isInteger || b.isInteger,
    values,
    isLiteralInFormat: a.isLiteralInFormat || b.isLiteralInFormat,
    sinceValues: { ...a.sinceValues, ...b.sinceValues },
    constraints: sharedConstraints(a.constraints, b.constraints),
    fields: new Map([...names].flatMap((name) => sharedField(name, a, b))),
    required: new Set([...a.required, ...b.required]),
    others: a.others === false || b.others === false ? false : inside(a.others, b.others),
    items: inside(a.items, b.items),
  };
};

/** What both accept: `allOf`, and keywords beside an `anyOf`. */
export const intersect = (a: Shape, b: Shape): Shape => {
  if (a === b || isBareShape(b)) return a;
  if (isBareShape(a)) return b;
  const variants = a.variants.flatMap((one) =>
    b.variants
      .filter(({ type }) => type === one.type)
      .flatMap((other) => intersectVariants(one, other) ?? []),
  );
  return { pointer: a.pointer, variants, union: a.union ?? b.union };
};
