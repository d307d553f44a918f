/** Of a request body. Recordings "large: a body of exactly 1 MiB" and "large: a body of 1 MiB and one byte". */
export const maxBytes = 1_048_576;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `pointer` (RFC 6901) one key further. */
export const pointerTo = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Whether two JSON values are the same. The order of keys does not count: a tenant does not keep it. */
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

/** What was given, as JSON writes it at the moment of the call: what the caller does to it later changes nothing. */
export interface Written {
  /** `undefined` when JSON cannot hold it. */
  readonly text: string | undefined;
  /** What writing it threw. */
  readonly cause?: unknown;
  /** Its environment variables as they were given: JSON leaves out those that are undefined. */
  readonly variables?: object;
}

export const written = (given: unknown): Written => {
  try {
    const { environmentVariables } = Object(given) as { environmentVariables?: object };
    return { text: JSON.stringify(given), variables: { ...environmentVariables } };
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
