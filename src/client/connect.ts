import { defaultResource, normalizeEndpoint } from './endpoint.ts';
import { type ClientCredentialsOptions, checkOptions, type JwtCustomizerClientOptions } from './options.ts';
import { createRawClient, type RawClient } from './raw.ts';
import { type TokenSource, tokensByClientCredentials, tokensByFunction } from './token.ts';

/**
 * What a client works with.
 *
 * @throws InvalidOptionError, which names the option
 */
export const connect = (options: JwtCustomizerClientOptions): { raw: RawClient; tokens: TokenSource } => {
  checkOptions(options);
  const endpoint = normalizeEndpoint(options.endpoint);
  // Looked up late: tools that replace the global fetch often do so after the client is made.
  const raw = createRawClient({ endpoint, fetch: options.fetch ?? ((request) => globalThis.fetch(request)) });
  if (options.getToken !== undefined) return { raw, tokens: tokensByFunction(options.getToken) };
  const { clientId, clientSecret, resource = defaultResource(endpoint) } = options;
  return { raw, tokens: tokensByClientCredentials(raw, { clientId, clientSecret, resource }) };
};

/** Access tokens of the Management API, for whoever sends requests of their own. */
export interface ManagementApiAccess {
  /** The tenant's base URL, without slashes at its end. */
  endpoint: string;
  /** The resource indicator that the tokens are for. */
  resource: string;
  /** Answers an access token: from the cache while it is fresh, by one request however many calls wait. */
  getToken(): Promise<string>;
}

/**
 * The access that `createJwtCustomizerClient` has with the same options.
 *
 * @throws InvalidOptionError, which names the option
 */
export const createManagementApiAccess = (options: ClientCredentialsOptions): ManagementApiAccess => {
  const { tokens } = connect(options);
  const endpoint = normalizeEndpoint(options.endpoint);
  return {
    endpoint,
    resource: options.resource ?? defaultResource(endpoint),
    getToken: () => tokens.get(),
  };
};
