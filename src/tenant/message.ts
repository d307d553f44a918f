/** A request as it came over the wire. */
export interface TenantRequest {
  method: string;
  /** With the query, if there is one. */
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** `''` when there is none. */
  body: string | Uint8Array;
}

/** A response as it goes over the wire. */
export interface TenantResponse {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** `''` when there is none. */
  body: string;
}

export const json = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): TenantResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

export const plainText = (
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): TenantResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body: text,
});

export const empty = (status: number, headers: Readonly<Record<string, string>> = {}): TenantResponse => ({
  status,
  headers,
  body: '',
});

/** The body of a message as text. Bytes that are no UTF-8 become U+FFFD, a byte order mark is left out. */
export const textOf = (body: string | Uint8Array): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);
