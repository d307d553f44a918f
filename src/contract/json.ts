import { isRecord, type Json, parsePointer, pointerTo } from '../client/json.ts';

export { type Json, parsePointer, pointerTo };

export const isObject = isRecord as unknown as (value: unknown) => value is { [key: string]: Json };

export const toPointer = (path: readonly (string | number)[]): string => path.reduce<string>(pointerTo, '');

export const valueAt = (value: unknown, pointer: string): unknown =>
  parsePointer(pointer).reduce<unknown>(
    (node, token) => (node as Record<string, unknown> | null | undefined)?.[token],
    value,
  );

/** A copy of a JSON value with each string, except keys, replaced by `map`. */
export const mapTexts = <T>(value: T, map: (text: string) => string): T =>
  JSON.parse(JSON.stringify(value), (_, item: unknown) => (typeof item === 'string' ? map(item) : item)) as T;

/** A copy of `value` without the values at the pointers. */
export const without = (value: Json, pointers: readonly string[]): Json => {
  const copy = structuredClone(value);
  for (const pointer of pointers) {
    const parent = valueAt(copy, pointer.slice(0, pointer.lastIndexOf('/')));
    const key = parsePointer(pointer).at(-1);
    if (isObject(parent) && key !== undefined) delete parent[key];
  }
  return copy;
};

/** The object without the fields that are `undefined`. */
export const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

export interface Difference {
  pointer: string;
  expected: unknown;
  found: unknown;
}

/** The places where two JSON values differ, ignoring key order. `undefined` means absent. */
export const differences = (
  expected: unknown,
  found: unknown,
  path: readonly (string | number)[] = [],
): Difference[] => {
  const bothArrays = Array.isArray(expected) && Array.isArray(found);
  if (bothArrays || (isObject(expected) && isObject(found))) {
    const keys = new Set([expected, found].flatMap((side) => Object.keys(side as object)));
    const own = (side: unknown, key: string): unknown =>
      Object.hasOwn(side as object, key) ? (side as Record<string, unknown>)[key] : undefined;
    return [...keys].flatMap((key) => differences(own(expected, key), own(found, key), [...path, key]));
  }
  return Object.is(expected, found) ? [] : [{ pointer: toPointer(path), expected, found }];
};

/** JSON shortened for display. */
export const brief = (value: unknown, length = 120): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text;
};
