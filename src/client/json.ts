/** Of a request body. Recordings "large: a body of exactly 1 MiB" and "large: a body of 1 MiB and one byte". */
export const maxBytes = 1_048_576;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Appends a key to a JSON Pointer (RFC 6901). */
export const pointerTo = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The tokens of a JSON Pointer. */
export const parsePointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Whether two JSON values are equal. The order of keys does not matter: a tenant does not keep it. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return a === b;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) if (!Object.hasOwn(b, key) || !sameJson(a[key], b[key])) return false;
  return true;
};

const isDeeper = (value: unknown, levels: number): boolean => {
  let level = [value];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1)
    level = level.flatMap((item) => (Object(item) === item ? Object.values(item as object) : []));
  return level.length > 0;
};

/**
 * @param levels - the maximum depth, since our functions recurse once per level. No tenant stores values as deep as the
 * default: its guards fail somewhere between 1,100 and 2,000 (recorded: "PUT with customData 2,000 deep").
 * @throws SyntaxError for text that is not JSON or is nested deeper
 */
export const parseJson = (text: string, levels = 2_100): unknown => {
  const value: unknown = JSON.parse(text);
  // Each level takes two characters at least.
  if (text.length > 2 * levels && isDeeper(value, levels)) throw new SyntaxError('nested too deep');
  return value;
};

/** A caller's value, serialized at the time of the call, so that later changes by the caller have no effect. */
export interface Written {
  /** `undefined` if JSON cannot represent it. */
  readonly text: string | undefined;
  /** What `JSON.stringify` threw. */
  readonly cause?: unknown;
  /** Its environment variables as given: JSON omits those that have no value, are inherited or are in a Map. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

const givenVariables = (given: unknown): Record<string, unknown> => {
  const { environmentVariables: variables } = Object(given) as { environmentVariables?: unknown };
  if (!isRecord(variables)) return {};
  if (Symbol.iterator in variables) return Object.fromEntries(variables as unknown as Map<string, unknown>);
  const all = Object.create(null);
  for (const name in variables) all[name] = variables[name];
  return all;
};

export const written = (given: unknown): Written => {
  try {
    return { text: JSON.stringify(given), variables: givenVariables(given) };
  } catch (cause) {
    return { text: undefined, cause };
  }
};

/** The values of environment variables, of one customizer or of each in a list. */
export const variablesIn = (body: unknown): string[] => {
  if (Array.isArray(body)) return body.flatMap(variablesIn);
  if (!isRecord(body)) return [];
  const { environmentVariables, value } = body;
  const own = isRecord(environmentVariables) ? Object.values(environmentVariables) : [];
  return [...own.filter((text) => typeof text === 'string'), ...(isRecord(value) ? variablesIn(value) : [])];
};

/** The secrets that a body contains: environment variables, an access token, a client secret. */
export const secretsIn = (body: unknown): string[] => {
  const { access_token: token, client_secret: secret } = isRecord(body) ? body : {};
  return [...variablesIn(body), ...[token, secret].filter((text) => typeof text === 'string')];
};
