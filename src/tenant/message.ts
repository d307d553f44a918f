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

/** Whether a body is larger than a tenant reads. */
export const isTooLarge = (body: string | Uint8Array): boolean =>
  (typeof body === 'string' ? new TextEncoder().encode(body) : body).length > maxBodySize;

/** The parsed body, or the tenant's message when it cannot be parsed. */
export type ParsedBody = { value: unknown } | { message: string };

const parseJson = (text: string): ParsedBody => {
  if (text === '') return { value: {} };
  if (!/^[ \t\r\n]*[[{]/.test(text)) return { message: 'invalid JSON, only supports object and array' };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { message: (error as Error).message };
  }
};

/**
 * Reads a body as JSON (recordings "refused: invalid JSON", "… body is a JSON string", "… no body": that is `{}`).
 * A text body is a string to a tenant; any other media type is read as `{}`. No recording shows this: it is how
 * koa-body, which Logto uses, parses bodies.
 */
export const parseBody = (text: string, contentType: string | undefined): ParsedBody => {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (/^application\/(.+\+)?json$/.test(type)) return parseJson(text);
  return { value: type.startsWith('text/') && text !== '' ? text : {} };
};
