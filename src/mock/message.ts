/** A request as far as an answer depends on it. */
export interface MockRequest {
  method: string;
  /** With its query, as it was sent. */
  target: string;
  /** Without the query, as it was sent. */
  path: string;
  query: URLSearchParams;
  /** By name in lower case; of a header that was sent several times, joined. */
  headers: Readonly<Record<string, string | undefined>>;
  /**
   * Reads the body; nothing when it is too large.
   *
   * @throws when the client goes away before the end
   */
  readBody: () => Promise<Uint8Array | undefined>;
}

export interface MockResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** The body; nothing when there is none. */
  text: string | undefined;
}

export type Answer = (request: MockRequest) => Promise<MockResponse>;
