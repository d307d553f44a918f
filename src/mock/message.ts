/** A request as far as an answer depends on it. */
export interface MockRequest {
  method: string;
  /** Without the query, as it was sent. */
  path: string;
  query: URLSearchParams;
  /** The header of this name, as are the next two. */
  authorization: string | undefined;
  prefer: string | undefined;
  accept: string | undefined;
  /**
   * Reads the body; nothing when it is too large.
   *
   * @throws when the client goes away before the end
   */
  readBody: () => Promise<Uint8Array | undefined>;
}

export interface MockResponse {
  status: number;
  headers: Record<string, string>;
  /** The body; nothing when there is none. */
  text: string | undefined;
}

export type Answer = (request: MockRequest) => Promise<MockResponse>;
