import { json, type TenantResponse } from './message.ts';

const encoder = new TextEncoder();

/** Shorter keys first, then bytewise. */
const compareKeys = ([, a]: Sortable, [, b]: Sortable): number => {
  if (a.length !== b.length) return a.length - b.length;
  const index = a.findIndex((byte, position) => byte !== b[position]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
};

/** A key, and its bytes in UTF-8. */
type Sortable = readonly [key: string, bytes: Uint8Array];

/**
 * The value as Postgres gives it back from a column of type jsonb: the keys of every object by length in bytes, then
 * bytewise. Where a guard knows the fields it restores its own order on reading (the ETags of the recordings "list:
 * both" and "get access-token"); inside free-form objects this order stays. No recorded object shows the latter, for
 * their keys were sent in this order; README.md there says that the order of keys does not come back.
 */
export const toJsonb = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toJsonb) as T;
  const entries = Object.keys(value)
    .map((key): Sortable => [key, encoder.encode(key)])
    .sort(compareKeys)
    .map(([key]) => [key, toJsonb((value as Record<string, unknown>)[key])]);
  return Object.fromEntries(entries) as T;
};

/** An escape in JSON text. The first group is there for U+0000 and lone surrogates: pairs are written out. */
const escapes = /\\(?:u(0000|d[89a-f][0-9a-f]{2})|.)/g;

/**
 * Refuses what a guard accepts and Postgres does not: U+0000 with 500, a lone surrogate with 422 (recordings
 * "refused: U+0000 in the script", "refused: lone surrogate in the script").
 *
 * Recorded in `script` alone. That it holds for every text and every key is a reasoned guess: type jsonb refuses
 * both wherever they stand, the first one in the text first.
 */
export const refuseStorage = (value: unknown): TenantResponse | undefined => {
  for (const [, refused] of JSON.stringify(value).matchAll(escapes)) {
    if (refused === '0000') return json(500, { message: 'Internal server error.' });
    if (refused !== undefined)
      return json(422, {
        code: 'entity.invalid_input',
        message: 'Invalid input. Value list must not be empty.',
      });
  }
  return undefined;
};
