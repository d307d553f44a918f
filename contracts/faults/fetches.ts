/** Every request that goes through the global `fetch`, as it is begun. */
export interface Fetches {
  /** Those of the client under test. */
  readonly made: { readonly kind: string; readonly at: number }[];
  putBack(): void;
}

/** What a request is, in a table: `token`, or its method. */
export const kindOf = (method: string, path: string): string => (path === '/oidc/token' ? 'token' : method);

/**
 * Counts the requests to one origin.
 *
 * @param begun - told of each, and how many there are, before it goes on its way
 */
export const countFetches = (origin: string, begun: (count: number) => void): Fetches => {
  const original = globalThis.fetch;
  const made: Fetches['made'] = [];
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin === origin) {
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
      const kind = kindOf(method, url.pathname);
      made.push({ kind, at: performance.now() });
      begun(made.length);
    }
    return original(input, init);
  };
  return {
    made,
    putBack: () => {
      globalThis.fetch = original;
    },
  };
};
