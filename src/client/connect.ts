import { version } from '../../generated/version.js';
import { startBudget } from './call/budget.ts';
import { createEngine, createRequests } from './call/engine.ts';
import { tokensByClientCredentials, tokensByFunction } from './call/token.ts';
import { createTransport } from './call/transport.ts';
import { defaultResource, normalizeEndpoint, normalizeTokenEndpoint, tokenBaseUrlOf } from './endpoint.ts';
import { emitTo } from './events.ts';
import type { ClientCredentialsOptions, JwtCustomizerClientOptions } from './options.ts';
import { checkClientOptions } from './policy.ts';

/** Browsers send their own, and ask the tenant first whether another one is allowed. */
const isBrowser = (): boolean => globalThis.navigator?.userAgent?.startsWith('Mozilla/') === true;

const headersOf = (userAgent: string | undefined): Record<string, string> =>
  isBrowser()
    ? {}
    : { 'User-Agent': `${userAgent === undefined ? '' : `${userAgent} `}logto-jwt-customizer/${version}` };

/** @throws InvalidOptionError, which names the option */
export const connect = (options: JwtCustomizerClientOptions) => {
  const policy = checkClientOptions(options);
  const { allowHttp = false, onEvent, redactEvents, userAgent } = options;
  const endpoint = normalizeEndpoint(options.endpoint, allowHttp);
  const tokenEndpoint = normalizeTokenEndpoint(options.tokenEndpoint, endpoint, allowHttp);
  const emit = onEvent && emitTo(onEvent);
  const transport = createTransport(options.fetch, emit, redactEvents);
  const requests = createRequests(createEngine(endpoint, transport, headersOf(userAgent)));
  const connection = { endpoint, tokenEndpoint, requests, policy, emit };
  if (options.getToken !== undefined) return { ...connection, tokens: tokensByFunction(options.getToken) };
  const { clientId, clientSecret, resource = defaultResource(endpoint) } = options;
  const endpointOption = options.tokenEndpoint === undefined ? 'endpoint' : 'tokenEndpoint';
  const credentials = { clientId, clientSecret, resource, endpointOption } as const;
  const request = requests.token(tokenBaseUrlOf(tokenEndpoint));
  return { ...connection, tokens: tokensByClientCredentials(request, credentials, policy, emit) };
};

/** Access tokens of the Management API, for whoever sends requests of their own. */
export interface ManagementApiAccess {
  /** The tenant's base URL, without slashes at its end. */
  endpoint: string;
  /** The URL that the tokens come from. */
  tokenEndpoint: string;
  /** The resource indicator that the tokens are for. */
  resource: string;
  /** Returns an access token: from the cache while it is fresh, by one request however many calls wait. */
  getToken(options?: { signal?: AbortSignal | undefined }): Promise<string>;
}

/**
 * The access that `createJwtCustomizerClient` has with the same options.
 *
 * @throws InvalidOptionError, which names the option
 */
export const createManagementApiAccess = (options: ClientCredentialsOptions): ManagementApiAccess => {
  const { endpoint, tokenEndpoint, tokens, policy } = connect(options);
  return {
    endpoint,
    tokenEndpoint,
    resource: options.resource ?? defaultResource(endpoint),
    getToken: async ({ signal } = {}) => (await tokens.get(startBudget(policy, signal))).value,
  };
};
