/** The guards that a tenant lets the result of a script through: those of zod 3, as far as they are seen. */

const isPromiseLike = (value: object): boolean => {
  const { then, catch: catches } = value as { then?: unknown; catch?: unknown };
  return typeof then === 'function' && typeof catches === 'function';
};

/** Of another realm (`node:vm`), a Map, Set or Date passes for an object like any other. */
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !isPromiseLike(value) &&
  !(value instanceof Map || value instanceof Set || value instanceof Date);

/**
 * A plain object with the enumerable properties of a script's result, inherited ones too, but for `__proto__`.
 *
 * @returns nothing when the result is not an object
 * @throws whatever a getter of the result throws
 */
export const toRecord = (result: unknown): Record<string, unknown> | undefined => {
  if (!isRecord(result)) return undefined;
  const record: Record<string, unknown> = {};
  for (const key in result) if (key !== '__proto__') record[key] = result[key];
  return record;
};

/**
 * Copies a value that consists of what JSON has; Infinity passes.
 *
 * @throws {TypeError} at anything else, or whatever a getter throws
 */
const toJsonValue = (value: unknown): unknown => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  if (Array.isArray(value)) return [...value].map(toJsonValue);
  const record = toRecord(value);
  if (record === undefined) throw new TypeError('no JSON');
  return toJsonRecord(record);
};

/** @see {@link toJsonValue} */
export const toJsonRecord = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, toJsonValue(value)]));
