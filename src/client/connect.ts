import { version } from '../../generated/version.js';
import { startBudget } from './call/budget.ts';
import type { Connection } from './call/exchange.ts';
import { defaultResource, normalizeEndpoint } from './endpoint.ts';
import { emitTo } from './events.ts';
import { type ClientCredentialsOptions, checkOptions, type JwtCustomizerClientOptions } from './options.ts';
import type { Policy } from './policy.ts';
import { type TokenSource, tokensByClientCredentials, tokensByFunction } from './token/token.ts';

/** Browsers send their own, and ask the tenant first whether another one is allowed. */
const isBrowser = (): boolean => globalThis.navigator?.userAgent?.startsWith('Mozilla/') === true;

const headersOf = (userAgent: string | undefined): Record<string, string> =>
  isBrowser()
    ? {}
    : { 'User-Agent': `${userAgent === undefined ? '' : `${userAgent} `}logto-jwt-customizer/${version}` };

/**
 * What a client works with.
 *
 * @throws InvalidOptionError, which names the option
 */
export const connect = (
  options: JwtCustomizerClientOptions,
): { connection: Connection; tokens: TokenSource; policy: Policy } => {
  const policy = checkOptions(options);
  const { allowHttp = false, onEvent, redactEvents = true, userAgent } = options;
  const endpoint = normalizeEndpoint(options.endpoint, allowHttp);
  const connection: Connection = {
    endpoint,
    // Looked up late: tools that replace the global fetch often do so after the client is made.
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    headers: headersOf(userAgent),
    emit: onEvent && emitTo(onEvent),
    redactEvents,
  };
  if (options.getToken !== undefined) {
    return { connection, tokens: tokensByFunction(options.getToken), policy };
  }
  const { clientId, clientSecret, resource = defaultResource(endpoint) } = options;
  const tokens = tokensByClientCredentials(connection, { clientId, clientSecret, resource }, policy);
  return { connection, tokens, policy };
};

/** Access tokens of the Management API, for whoever sends requests of their own. */
export interface ManagementApiAccess {
  /** The tenant's base URL, without slashes at its end. */
  endpoint: string;
  /** The resource indicator that the tokens are for. */
  resource: string;
  /** Answers an access token: from the cache while it is fresh, by one request however many calls wait. */
  getToken(options?: { signal?: AbortSignal | undefined }): Promise<string>;
}

/**
 * The access that `createJwtCustomizerClient` has with the same options.
 *
 * @throws InvalidOptionError, which names the option
 */
export const createManagementApiAccess = (options: ClientCredentialsOptions): ManagementApiAccess => {
  const { connection, tokens, policy } = connect(options);
  const { endpoint } = connection;
  return {
    endpoint,
    resource: options.resource ?? defaultResource(endpoint),
    getToken: async ({ signal } = {}) => (await tokens.get(startBudget(policy, signal))).value,
  };
};
