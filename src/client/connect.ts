import { version } from '../../generated/version.js';
import { startBudget } from './call/budget.ts';
import { createEngine, createRequests } from './call/engine.ts';
import { tokensByClientCredentials, tokensByFunction } from './call/token.ts';
import { createTransport } from './call/transport.ts';
import { defaultResource, normalizeEndpoint, normalizeTokenEndpoint, tokenBaseUrlOf } from './endpoint.ts';
import { emitTo } from './events.ts';
import type { ClientCredentialsOptions, JwtCustomizerClientOptions } from './options.ts';
import { checkClientOptions } from './policy.ts';

/** Browsers send their own `User-Agent`, and would send a preflight request for another one. */
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

/** Access tokens of the Management API, for your own requests. */
export interface ManagementApiAccess {
  /** The tenant's base URL, without trailing slashes. */
  endpoint: string;
  /** The URL that the tokens come from. */
  tokenEndpoint: string;
  /** The resource indicator that the tokens are for. */
  resource: string;
  /** Returns an access token, from the cache while it is valid. Concurrent calls share one token request. */
  getToken(options?: { signal?: AbortSignal | undefined }): Promise<string>;
}

/**
 * Creates the access that `createJwtCustomizerClient` uses with the same options.
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
