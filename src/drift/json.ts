import { isObject, type Json } from '../contract/json.ts';

/** JSON text with sorted keys: equal for equal values, whatever order their keys stand in. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${entries.join(',')}}`;
};

export const ordered = <T extends Json>(values: readonly T[]): T[] =>
  [...new Map(values.map((value) => [canonical(value), value]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);

/** A string as it is, anything else as JSON: what a document says may be of any type. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : canonical(value ?? null);

/** The strings of a list; none of what is no list. */
export const stringsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
