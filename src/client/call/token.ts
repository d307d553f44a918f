/** The layer above openapi-fetch: an access token for each attempt, and an error for a refused request. */
import { AbortError, GetTokenFailedError } from '../errors.ts';
import type { Emit } from '../events.ts';
import { isRecord, variablesIn } from '../json.ts';
import { loadRefusal } from '../load.ts';
import type { Policy } from '../policy.ts';
import type { ApiRequest, Attempt, Send } from './attempt.ts';
import { type Budget, startBudget, type Target, within } from './budget.ts';
import { formBody } from './engine.ts';
import { isPassing, retry } from './retry.ts';
import { bearer, isToken } from './transport.ts';

export interface Token {
  readonly value: string;
  /** It was granted before this call. */
  readonly isCached: boolean;
}

export interface TokenSource {
  /** @throws TokenRefusedError, MissingRoleError, GetTokenFailedError, NetworkError, TimeoutError, AbortError */
  get(budget: Budget): Promise<Token>;
  /** Drops a token that the tenant did not accept. */
  forget(token: string): void;
  /** What must not appear in an error, besides the token. */
  readonly secrets: readonly string[];
}

export const createSend =
  (tokens: TokenSource): Send =>
  async (request, budget, body, isExpected) => {
    const { method, path } = request;
    for (let isRepeated = false; ; isRepeated = true) {
      const token = await tokens.get(budget);
      const secrets = [token.value, ...tokens.secrets, ...variablesIn(body?.value)];
      const headers = bearer(token.value);
      const attempt: Attempt = { method, path, budget, limit: 'attemptTimeout', headers, secrets };
      const response = await request.send(attempt, body);
      if (response.ok || isExpected?.(response)) return response;
      if (response.status === 401) {
        tokens.forget(token.value);
        // A cached token may have been revoked; a new one is not.
        if (token.isCached && !isRepeated) continue;
      }
      throw (await loadRefusal()).refusalOf(attempt, response, body);
    }
  };

export interface ClientCredentials extends Pick<Attempt, 'endpointOption'> {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly resource: string;
}

const requestToken = async (
  request: ApiRequest,
  { clientId, clientSecret, resource, endpointOption }: ClientCredentials,
  budget: Budget,
) => {
  const askedAt = performance.now();
  const { method, path } = request;
  // The id too: if the two are swapped, it is the secret, and Logto repeats it.
  const secrets = [clientSecret, clientId];
  const attempt: Attempt = { method, path, budget, limit: 'token.timeout', secrets, endpointOption };
  const credentials = { client_id: clientId, client_secret: clientSecret };
  const form = { grant_type: 'client_credentials', ...credentials, resource, scope: 'all' };
  const response = await request.send(attempt, formBody(form));
  if (!response.ok) throw (await loadRefusal()).tokenRefusalOf(attempt, response, resource);
  const granted = isRecord(response.body) ? response.body : {};
  const { access_token: token, expires_in: seconds, scope } = granted;
  if (!isToken(token)) throw (await loadRefusal()).unexpected(attempt, response, 'no access token');
  if (typeof scope !== 'string' || !scope.split(' ').includes('all')) {
    throw (await loadRefusal()).withoutPermission(resource);
  }
  const lifetime = typeof seconds === 'number' ? seconds * 1000 : 0;
  // `performance.now()` does not jump when the system's clock is set.
  return { token, staleAt: askedAt + lifetime - budget.policy['token.margin'] };
};

/**
 * Tokens by client credentials: one request for all calls that wait, none while a token is valid. An aborted call ends
 * the request only if no other call waits for it.
 */
export const tokensByClientCredentials = (
  tokenRequest: ApiRequest,
  credentials: ClientCredentials,
  policy: Policy,
  emit: Emit | undefined,
): TokenSource => {
  let current: Awaited<ReturnType<typeof requestToken>> | undefined;
  let flight: ReturnType<typeof start> | undefined;

  const start = () => {
    const controller = new AbortController();
    const own = { ...policy, maxRetries: policy['token.maxRetries'] };
    const budget = startBudget(own, controller.signal);
    const granted = retry(tokenRequest, budget, emit, isPassing, () =>
      requestToken(tokenRequest, credentials, budget),
    );
    return { granted, controller, waiting: 0 };
  };

  return {
    get: async (budget) => {
      if (current !== undefined && performance.now() < current.staleAt) {
        return { value: current.token, isCached: true };
      }
      flight ??= start();
      const mine = flight;
      mine.waiting += 1;
      try {
        const granted = await within(tokenRequest, budget, 'totalTimeout', () => mine.granted);
        current = granted;
        return { value: granted.token, isCached: false };
      } finally {
        mine.waiting -= 1;
        if (mine.waiting === 0) {
          mine.controller.abort();
          if (flight === mine) flight = undefined;
        }
      }
    },
    forget: (token) => {
      if (current?.token === token) current = undefined;
    },
    secrets: [credentials.clientSecret],
  };
};

/** While a call waits for `getToken`, its errors show the token request that the client itself would make. */
const tokenTarget: Target = { method: 'POST', path: '/oidc/token' };

/** Tokens from the caller's own function, which is called for each attempt. */
export const tokensByFunction = (
  getToken: (options: { signal: AbortSignal }) => string | Promise<string>,
): TokenSource => ({
  get: async (budget) => {
    const fail = (why: string, cause?: unknown): GetTokenFailedError =>
      new GetTokenFailedError(`The option \`getToken\` ${why}.`, { cause });
    const value: unknown = await within(tokenTarget, budget, 'totalTimeout', async (signal) =>
      getToken({ signal }),
    ).catch((cause: unknown) => {
      throw cause instanceof AbortError ? cause : fail('failed (see `cause`)', cause);
    });
    if (!isToken(value)) throw fail('must return an access token, without `Bearer`');
    return { value, isCached: false };
  },
  forget: () => {},
  secrets: [],
});
