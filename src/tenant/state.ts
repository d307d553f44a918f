import { json, type TenantResponse } from './message.ts';

/** The values of the path parameter `tokenTypePath`. */
export type TokenType = 'access-token' | 'client-credentials';

/** The ids of the customizers in a tenant's storage, in the order of its list; its errors contain them, too. */
export const configKeys: Readonly<Record<TokenType, string>> = {
  'access-token': 'jwt.accessToken',
  'client-credentials': 'jwt.clientCredentials',
};

export const tokenTypes = Object.keys(configKeys) as readonly TokenType[];

/** A stored customizer. */
export type Customizer = Readonly<Record<string, unknown>>;

/** The customizers that exist. */
export type Customizers = { readonly [T in TokenType]?: Customizer };

/** The result of PATCH: each field in the request replaces the stored one entirely, the others stay. */
export const merge = (stored: Customizer, sent: Customizer): Customizer => ({ ...stored, ...sent });

/** The result of PUT: nothing of the stored customizer stays. */
export const replace = (_stored: Customizer | undefined, sent: Customizer): Customizer => sent;

export const store = (customizers: Customizers, tokenType: TokenType, value: Customizer): Customizers => ({
  ...customizers,
  [tokenType]: value,
});

export const remove = (customizers: Customizers, tokenType: TokenType): Customizers => {
  const { [tokenType]: _, ...others } = customizers;
  return others;
};

/** The list of customizers; access-token always comes first (recording "list: both"). */
export const list = (customizers: Customizers): { key: string; value: Customizer }[] =>
  tokenTypes.flatMap((tokenType) => {
    const value = customizers[tokenType];
    return value === undefined ? [] : [{ key: configKeys[tokenType], value }];
  });

/** The status of a successful write: PUT responds with 201 when it created the customizer. */
export const writeStatus = (operation: 'put' | 'patch', existed: boolean): number =>
  operation === 'put' && !existed ? 201 : 200;

/** The status of a successful deletion. */
export const deleteStatus = (): number => 204;

/** The response to GET and PATCH when there is no customizer (recording "get: absent"). */
export const missing = (tokenType: TokenType): TenantResponse =>
  json(404, {
    code: 'entity.not_exists_with_id',
    message: `The logto_config with ID \`${configKeys[tokenType]}\` does not exist.`,
  });

/** The response to DELETE when there is no customizer: it has another code (recording "delete: absent"). */
export const nothingToDelete = (_tokenType: TokenType): TenantResponse =>
  json(404, { code: 'entity.not_found', message: 'The resource does not exist.' });

const encoder = new TextEncoder();

/** Shorter keys first, then bytewise. */
const compareKeys = ([, a]: Sortable, [, b]: Sortable): number => {
  if (a.length !== b.length) return a.length - b.length;
  const index = a.findIndex((byte, position) => byte !== b[position]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
};

/** A key with its bytes in UTF-8. */
type Sortable = readonly [key: string, bytes: Uint8Array];

/**
 * The value as Postgres returns it from a column of type jsonb: the keys of every object by length in bytes, then
 * bytewise. Where a guard knows the fields, it restores its own order on reading (the ETags of the recordings "list:
 * both" and "get access-token"); inside free-form objects this order stays. No recording shows the latter, because the
 * keys were sent in this order; README.md there documents that the order of keys is not preserved.
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

/** An escape in JSON text. The first group matches only U+0000 and lone surrogates: pairs are not escaped. */
const escapes = /\\(?:u(0000|d[89a-f][0-9a-f]{2})|.)/g;

/**
 * Refuses what a guard accepts but Postgres does not: U+0000 with 500, a lone surrogate with 422 (recordings
 * "refused: U+0000 in the script", "refused: lone surrogate in the script").
 *
 * Recorded for `script` only. That it applies to every string and every key is a reasoned guess: the type jsonb
 * refuses both anywhere, and reports the first one in the text.
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
