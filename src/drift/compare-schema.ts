import type { Json } from '../contract/json.ts';
import { constraintChange } from './compare-constraints.ts';
import { asText, canonical } from './json.ts';
import { holdingSchemas, typeNames } from './keywords.ts';
import type { Code } from './rules.ts';
import { anything, type Field, isAnything, type Shape, type Variant, variantsOf } from './shape.ts';
import { areDisjoint, labelOf, matchVariants } from './variants.ts';

/** Where in a body, and where in either document. */
export interface At {
  field: string;
  old: string;
  new: string;
}

export interface What {
  keyword?: string | undefined;
  before?: Json | undefined;
  after?: Json | undefined;
  since?: string | undefined;
  /** What the new document has there, where nothing below is compared. */
  shape?: Shape | undefined;
}

/** Takes what is found. */
export interface Sink {
  /** One difference. */
  emit(code: Code, at: At, what?: What): void;
  /** Both documents have this, and it is compared. */
  compared(field: string): void;
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The types but null, as JSON Schema names them. */
const namesOf = (shape: Shape): string[] =>
  typeNames
    .filter((type) => type !== 'null')
    .flatMap((type) => {
      const variants = variantsOf(shape, type);
      if (variants.length === 0) return [];
      return [type === 'number' && variants.every(({ isInteger }) => isInteger) ? 'integer' : type];
    });

const hasNull = (shape: Shape): boolean => variantsOf(shape, 'null').length > 0;

/** Null aside, which is a difference of its own. */
const typesText = (shape: Shape): string =>
  namesOf(shape).length === typeNames.length - 1 ? 'any type' : namesOf(shape).join(' or ');

const includes = (names: readonly string[], name: string): boolean =>
  names.includes(name) || (name === 'integer' && names.includes('number'));

const typeChange = (before: readonly string[], after: readonly string[]): Code | undefined => {
  const isWider = before.every((name) => includes(after, name));
  const isNarrower = after.every((name) => includes(before, name));
  if (isWider && isNarrower) return undefined;
  return isWider ? 'type-wider' : isNarrower ? 'type-narrower' : 'type-changed';
};

/** What of a variant a person recognises it by. */
const brief = (variant: Variant): Json => labelOf(variant) || variant.type;

export const createComparison = ({ emit, compared }: Sink) => {
  /** Pairs that are being compared: a schema may refer to itself. */
  const open: [Shape, Shape][] = [];

  const compareTypes = (old: Shape, now: Shape, field: string): void => {
    const at = { field, old: old.pointer, new: now.pointer };
    const [before, after] = [namesOf(old), namesOf(now)];
    const code = typeChange(before, after);
    if (code !== undefined) emit(code, at, { before: typesText(old), after: typesText(now), shape: now });
    const [was, is] = [hasNull(old), hasNull(now)];
    if (was !== is) emit(is ? 'null-added' : 'null-removed', at);
  };

  /** Numbers of one variant among several, where the types of the whole say nothing of it. */
  const compareIntegers = (
    old: Shape,
    now: Shape,
    [before, after]: [Variant, Variant],
    field: string,
  ): void => {
    if (before.isInteger === after.isInteger) return;
    if (namesOf(old).includes('integer') !== namesOf(now).includes('integer')) return;
    const [was, is] = [before, after].map(({ isInteger }) => (isInteger ? 'integer' : 'number'));
    const at = { field, old: before.pointer, new: after.pointer };
    emit(before.isInteger ? 'type-wider' : 'type-narrower', at, { before: was, after: is });
  };

  const compareValues = (old: Variant, now: Variant, field: string): void => {
    const at = { field, old: old.pointer, new: now.pointer };
    const [before, after] = [old.values, now.values];
    if (before === undefined || after === undefined) {
      if (after !== undefined) emit('enum-added', at, { after: [...after] });
      if (before !== undefined) emit('enum-removed', at, { before: [...before] });
      return;
    }
    const [known, present] = [before, after].map((values) => new Set(values.map(canonical)));
    const removed = before.filter((value) => !present?.has(canonical(value)));
    const added = after.filter((value) => !known?.has(canonical(value)));
    if (before.length === 1 && after.length === 1 && removed.length === 1) {
      emit('literal-changed', at, { before: before[0], after: after[0] });
      return;
    }
    for (const value of removed)
      emit('enum-value-removed', at, { before: value, since: old.sinceValues[asText(value)] });
    for (const value of added) emit('enum-value-added', at, { after: value });
    if (removed.length + added.length === 0 && old.isLiteralInFormat !== now.isLiteralInFormat) {
      const spelt = (isInFormat: boolean): string => (isInFormat ? 'format' : 'const or enum');
      emit('literal-respelled', at, {
        keyword: canonical(before.length === 1 ? before[0] : before),
        before: spelt(old.isLiteralInFormat),
        after: spelt(now.isLiteralInFormat),
      });
    }
  };

  const compareConstraints = (old: Variant, now: Variant, field: string): void => {
    const [before, after] = [old.constraints?.(), now.constraints?.()];
    for (const keyword of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
      const [was, is] = [before?.get(keyword), after?.get(keyword)];
      const code = constraintChange(keyword, was, is);
      if (code === undefined) continue;
      // A schema inside a keyword is kept in its normal form, which nobody wants to read.
      const said = holdingSchemas.has(keyword) ? {} : { before: was, after: is };
      emit(code, { field, old: old.pointer, new: now.pointer }, { keyword, ...said });
    }
  };

  const compareField = (
    name: string,
    [old, now]: [Field | undefined, Field | undefined],
    [before, after]: [Variant, Variant],
    parent: string,
  ): void => {
    const [was, is] = [before.required.has(name), after.required.has(name)];
    const at = {
      field: `${parent}/${escaped(name)}`,
      old: old?.pointer ?? before.pointer,
      new: now?.pointer ?? after.pointer,
    };
    // A name that is only required is a field about which nothing else is said.
    const [had, has] = [old !== undefined || was, now !== undefined || is];
    if (!had) emit(is ? 'field-added-required' : 'field-added-optional', at, { shape: now?.shape() });
    if (!has) emit('field-removed', at, { since: old?.since });
    if (!had || !has) return;
    if (was !== is) emit(is ? 'field-made-required' : 'field-made-optional', at);
    compare(old?.shape() ?? anything(at.old), now?.shape() ?? anything(at.new), at.field);
  };

  const compareFields = (old: Variant, now: Variant, field: string): void => {
    const names = [old.fields.keys(), old.required, now.fields.keys(), now.required].flatMap((keys) => [
      ...keys,
    ]);
    for (const name of new Set(names))
      compareField(name, [old.fields.get(name), now.fields.get(name)], [old, now], field);
    const at = { field, old: old.pointer, new: now.pointer };
    const [others, othersNow] = [old.others, now.others];
    if (others !== false && othersNow !== false) compareInside(others, othersNow, at);
    else if (othersNow !== false) {
      const shape = othersNow?.() ?? anything(at.new);
      emit('unknown-fields-allowed', at, { shape, after: isAnything(shape) ? undefined : typesText(shape) });
    } else if (others !== false) emit('unknown-fields-refused', at);
  };

  const compareInside = (old: (() => Shape) | undefined, now: (() => Shape) | undefined, at: At): void => {
    if (old === undefined && now === undefined) return;
    compare(old?.() ?? anything(at.old), now?.() ?? anything(at.new), `${at.field}/*`);
  };

  const compareVariants = (old: Variant, now: Variant, field: string): void => {
    compared(field);
    compareValues(old, now, field);
    compareConstraints(old, now, field);
    if (old.type === 'object') compareFields(old, now, field);
    if (old.type === 'array')
      compareInside(old.items, now.items, { field, old: old.pointer, new: now.pointer });
  };

  const compareUnion = (
    old: Shape,
    now: Shape,
    [before, after]: [Variant[], Variant[]],
    field: string,
  ): void => {
    if (before.length < 2 || after.length < 2 || old.union === now.union) return;
    if (areDisjoint(before) && areDisjoint(after)) return;
    emit(
      now.union === 'anyOf' ? 'union-opened' : 'union-closed',
      { field, old: old.pointer, new: now.pointer },
      { before: old.union, after: now.union },
    );
  };

  const compare = (old: Shape, now: Shape, field: string): void => {
    if (open.some(([a, b]) => a === old && b === now) || open.length > 100) return;
    const at = { field, old: old.pointer, new: now.pointer };
    compared(field);
    const [wasAnything, isAnythingNow] = [isAnything(old), isAnything(now)];
    if (wasAnything || isAnythingNow) {
      // Nothing below can be compared.
      if (!isAnythingNow)
        emit('type-narrower', at, { before: 'anything', after: typesText(now), shape: now });
      if (!wasAnything) emit('type-wider', at, { before: typesText(old), after: 'anything' });
      return;
    }
    open.push([old, now]);
    compareTypes(old, now, field);
    for (const type of typeNames.filter((name) => name !== 'null')) {
      const [before, after] = [variantsOf(old, type), variantsOf(now, type)];
      if (before.length === 0 || after.length === 0) continue;
      compareUnion(old, now, [before, after], field);
      const isOneOfSeveral = before.length > 1 || after.length > 1;
      const { pairs, removed, added } = matchVariants(before, after);
      for (const [one, other] of pairs) {
        const named = before.length > 1 ? one : other;
        if (isOneOfSeveral) compareIntegers(old, now, [one, other], field);
        compareVariants(one, other, isOneOfSeveral ? field + labelOf(named) : field);
      }
      for (const variant of removed)
        emit(
          'variant-removed',
          { ...at, old: variant.pointer },
          { before: brief(variant), since: variant.since },
        );
      for (const variant of added)
        emit('variant-added', { ...at, new: variant.pointer }, { after: brief(variant) });
    }
    open.pop();
  };
  return compare;
};
