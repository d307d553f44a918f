import type { Json } from '../contract/json.ts';
import { canonical } from './json.ts';
import { type TypeName, typeNames } from './keywords.ts';

/** A field of an object. */
export interface Field {
  shape: () => Shape;
  pointer: string;
  /** The release of Logto that it came with, where the document says one. */
  since?: string | undefined;
}

/**
 * Values of one type that a schema accepts: a schema without `$ref`, `anyOf`, `oneOf`, `allOf` and type lists. What
 * lies deeper is looked at when it is asked for: a schema may refer to itself.
 */
export interface Variant {
  type: TypeName;
  pointer: string;
  since?: string | undefined;
  /** A whole number. */
  isInteger: boolean;
  /** From `enum`, `const`, or a literal in `format`: each once, sorted. */
  values?: readonly Json[] | undefined;
  /** The release that a value came with. */
  sinceValues: Readonly<Record<string, string>>;
  /** The value is written as a `format`, as the vendor's generator does. */
  isLiteralInFormat: boolean;
  constraints?: (() => ReadonlyMap<string, Json>) | undefined;
  fields: ReadonlyMap<string, Field>;
  required: ReadonlySet<string>;
  /** Of fields without a name: refused (`false`), what they are, or nothing is said. */
  others?: false | (() => Shape) | undefined;
  items?: (() => Shape) | undefined;
}

/** The normal form of a schema: what it accepts, type by type, however it is written. */
export interface Shape {
  pointer: string;
  variants: readonly Variant[];
  /** How variants of the same type were put together, when there are several. */
  union?: 'anyOf' | 'oneOf' | undefined;
}

export const bare = (type: TypeName, pointer: string): Variant => ({
  type,
  pointer,
  isInteger: false,
  isLiteralInFormat: false,
  sinceValues: {},
  fields: new Map(),
  required: new Set(),
});

/** Any JSON, said at a place of a document. */
export const anything = (pointer: string): Shape => ({
  pointer,
  variants: typeNames.map((type) => bare(type, pointer)),
});

/** Whether it says no more than its type, as far as can be told without looking deeper. */
export const isBare = (variant: Variant): boolean =>
  !variant.isInteger &&
  variant.values === undefined &&
  variant.constraints === undefined &&
  variant.fields.size === 0 &&
  variant.required.size === 0 &&
  variant.others === undefined &&
  variant.items === undefined;

const hasEveryType = ({ variants }: Shape): boolean =>
  typeNames.every((type) => variants.some((variant) => variant.type === type));

/** Whether nothing at all is said, as far as can be told without looking deeper. */
export const isBareShape = (shape: Shape): boolean =>
  shape.variants.length === typeNames.length && hasEveryType(shape) && shape.variants.every(isBare);

const asked = new Set<Shape>();
const answered = new WeakMap<Shape, boolean>();

/** Whether it accepts any JSON; of a schema that refers to itself, unless something deeper says otherwise. */
export const isAnything = (shape: Shape): boolean => {
  const known = answered.get(shape);
  if (known !== undefined) return known;
  if (asked.has(shape)) return true;
  if (shape.variants.length !== typeNames.length || !hasEveryType(shape)) return false;
  asked.add(shape);
  const isIt = shape.variants.every(
    ({ others, items, ...rest }) =>
      isBare(rest) &&
      others !== false &&
      (others === undefined || isAnything(others())) &&
      (items === undefined || isAnything(items())),
  );
  asked.delete(shape);
  // Inside a circle the answer rests on an assumption.
  if (asked.size === 0) answered.set(shape, isIt);
  return isIt;
};

const printed = new WeakMap<Shape | Variant, string>();
const open: Shape[] = [];
let circles = 0;

/** Remembers a text, unless it was cut short where a schema refers to itself. */
const remembered = (part: Shape | Variant, make: () => string): string => {
  const known = printed.get(part);
  if (known !== undefined) return known;
  const before = circles;
  const text = make();
  if (circles === before) printed.set(part, text);
  return text;
};

/** A variant as text, alike for variants that accept the same and are written alike, wherever they stand. */
export const printVariant = (variant: Variant): string =>
  remembered(variant, () => {
    const { type, isInteger, values, constraints, fields, required, others, items } = variant;
    return [
      isInteger ? 'integer' : type,
      canonical(values ?? null),
      canonical(Object.fromEntries(constraints?.() ?? [])),
      [...fields]
        .map(([name, { shape }]) => `${JSON.stringify(name)}:${print(shape())}`)
        .sort()
        .join(),
      [...required].sort().join(),
      others === false ? 'closed' : others === undefined ? '*' : print(others()),
      items === undefined ? '*' : print(items()),
    ].join(';');
  });

/** A schema as text, alike for schemas that accept the same and are written alike, wherever they stand. */
export const print = (shape: Shape): string => {
  if (open.includes(shape)) {
    circles += 1;
    return '↺';
  }
  if (isAnything(shape)) return '*';
  return remembered(shape, () => {
    open.push(shape);
    const variants = [...new Set(shape.variants.map(printVariant))].sort();
    open.pop();
    return `${shape.union ?? ''}{${variants.join('|')}}`;
  });
};

const byType = new WeakMap<Shape, Map<TypeName, Variant[]>>();

/** The variants of a type, each once. */
export const variantsOf = (shape: Shape, type: TypeName): Variant[] => {
  const known = byType.get(shape) ?? new Map<TypeName, Variant[]>();
  byType.set(shape, known);
  const before = known.get(type);
  if (before !== undefined) return before;
  const same = shape.variants.filter((variant) => variant.type === type);
  const distinct =
    same.length < 2 ? same : [...new Map(same.map((variant) => [printVariant(variant), variant])).values()];
  known.set(type, distinct);
  return distinct;
};
