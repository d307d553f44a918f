import { isBefore } from '../runner/release.ts';

/** A request as it came over the wire. */
export interface TenantRequest {
  method: string;
  /** Includes the query, if any. */
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** `''` without a body. */
  body: string | Uint8Array;
}

/** A response as it goes over the wire. */
export interface TenantResponse {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** `''` without a body. */
  body: string;
  /** Why, where the response does not say so and a tenant's log does. Never sent. */
  reason?: string;
}

type Headers = TenantResponse['headers'];

export const json = (status: number, value: unknown, headers: Headers = {}): TenantResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

export const plainText = (status: number, text: string, headers: Headers = {}): TenantResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body: text,
});

export const empty = (status: number, headers: Headers = {}): TenantResponse => ({
  status,
  headers,
  body: '',
});

/** The body of a message as text. Invalid UTF-8 becomes U+FFFD; a byte order mark is dropped. */
export const textOf = (body: string | Uint8Array): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);

/** In bytes: recorded, exactly 1 MiB is accepted and one byte more is not. */
export const maxBodySize = 1_048_576;

/**
 * Refuses a body that is packed. A tenant unpacks gzip and deflate, which this model does not; it knows no other encoding
 * (recording "PATCH with br").
 */
export const refuseEncoding = (contentEncoding: string | undefined): TenantResponse | undefined => {
  const encoding = contentEncoding?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return undefined;
  return encoding === 'gzip' || encoding === 'deflate'
    ? json(415, {
        message: `The model of a tenant unpacks no ${encoding} body: send it without Content-Encoding.`,
      })
    : json(500, { message: 'Internal server error.' });
};

/** The parsed body, or the tenant's message when it cannot be parsed. */
export type ParsedBody = { value: unknown } | { message: string };

/** The first release that refuses a key `__proto__` (recorded on 1.28 and 1.42: "PUT with __proto__ in …"). */
const prototypeRefusedSince = '1.42';

/** At any depth, and without calling itself: a body may be nested deeper than the stack is. */
const hasPrototypeKey = (json: unknown): boolean => {
  const values = [json];
  while (values.length > 0) {
    const value = values.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) return true;
    for (const item of Object.values(value)) values.push(item);
  }
  return false;
};

const parseJson = (text: string, release: string): ParsedBody => {
  if (text === '') return { value: {} };
  if (!/^[ \t\r\n]*[[{]/.test(text)) return { message: 'invalid JSON, only supports object and array' };
  try {
    const value: unknown = JSON.parse(text);
    return hasPrototypeKey(value) && !isBefore(release, prototypeRefusedSince)
      ? { message: 'Object contains forbidden prototype property' }
      : { value };
  } catch (error) {
    return { message: (error as Error).message };
  }
};

const mediaTypeOf = (contentType: string | undefined): string =>
  contentType?.split(';')[0]?.trim().toLowerCase() ?? '';

export const formType = 'application/x-www-form-urlencoded';

/** Those that koa-body, which Logto uses, reads as JSON (recordings "PATCH as …", more-exchanges.jsonl). */
const jsonTypes = ['json', 'json-patch+json', 'vnd.api+json', 'csp-report'].map(
  (name) => `application/${name}`,
);

/** In bytes: what is sent as text or as a form may be no longer. */
const maxTextSize = 56 * 1024;

/** Whether a body is larger than a tenant reads. */
export const isTooLarge = (body: string | Uint8Array, contentType?: string): boolean => {
  const type = mediaTypeOf(contentType);
  const size = typeof body === 'string' ? new TextEncoder().encode(body).length : body.length;
  return size > (type === formType || type.startsWith('text/') ? maxTextSize : maxBodySize);
};

/**
 * Reads a body as JSON (recordings "refused: invalid JSON", "… body is a JSON string", "… no body": that is `{}`).
 * A text body is a string to a tenant; any other media type is read as `{}`.
 */
export const parseBody = (text: string, contentType: string | undefined, release: string): ParsedBody => {
  const type = mediaTypeOf(contentType);
  if (jsonTypes.includes(type)) return parseJson(text, release);
  // A tenant reads it, with brackets in the names for what is nested.
  if (type === formType && text !== '')
    return { message: `The model of a tenant reads no ${formType} here: send JSON.` };
  return { value: type.startsWith('text/') && text !== '' ? text : {} };
};
