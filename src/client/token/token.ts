import { type Budget, startBudget, type Target, within } from '../call/budget.ts';
import { type Connection, exchange } from '../call/exchange.ts';
import { isPassing } from '../call/faults.ts';
import { retry } from '../call/retry.ts';
import { unexpected } from '../call/unexpected.ts';
import { AbortError } from '../errors/abort.ts';
import { GetTokenFailedError } from '../errors/get-token-failed.ts';
import { isRecord } from '../is-record.ts';
import { loadRefusals } from '../load.ts';
import type { Policy } from '../policy.ts';

const tokenTarget: Target = { method: 'POST', path: '/oidc/token' };

export interface Token {
  readonly value: string;
  /** It was granted before this call asked. */
  readonly isCached: boolean;
}

/** Where a client has its access tokens from. */
export interface TokenSource {
  /** @throws TokenRefusedError, MissingRoleError, GetTokenFailedError, NetworkError, TimeoutError, AbortError */
  get(budget: Budget): Promise<Token>;
  /** The tenant did not accept this one. */
  forget(token: string): void;
  /** What must not appear in an error, beside the token. */
  readonly secrets: readonly string[];
}

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly resource: string;
}

/** What may stand in a header. The platforms quote a header's value when they refuse it. */
const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);

interface Granted {
  readonly token: string;
  /** By `performance.now()`, which does not jump when the system's clock is set. */
  readonly staleAt: number;
}

const requestToken = async (
  connection: Connection,
  { clientId, clientSecret, resource }: ClientCredentials,
  budget: Budget,
): Promise<Granted> => {
  const askedAt = performance.now();
  // The id too: it is the secret when the two are swapped, and Logto repeats it.
  const secrets = [clientSecret, clientId];
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    resource,
    scope: 'all',
  }).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = await exchange(
    connection,
    { ...tokenTarget, headers, body, secrets },
    budget,
    'tokenTimeout',
  );
  if (!answer.ok) throw (await loadRefusals()).tokenRefusalOf(tokenTarget, answer, resource, secrets);
  const granted = isRecord(answer.body) ? answer.body : {};
  const { access_token: token, expires_in: seconds, scope } = granted;
  if (!isToken(token)) throw unexpected(tokenTarget, answer, 'no access token');
  if (typeof scope !== 'string' || !scope.split(' ').includes('all')) {
    throw (await loadRefusals()).missingRole(resource);
  }
  const lifetime = typeof seconds === 'number' ? seconds * 1000 : 0;
  return { token, staleAt: askedAt + lifetime - budget.policy.tokenMargin };
};

/** A request for a token, and how many calls wait for it. */
interface Flight {
  readonly granted: Promise<Granted>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Tokens by client credentials: one request however many calls wait, none while a token is fresh. A call that is aborted
 * leaves the request to those that still wait; without any, it is ended.
 */
export const tokensByClientCredentials = (
  connection: Connection,
  credentials: ClientCredentials,
  policy: Policy,
): TokenSource => {
  let current: Granted | undefined;
  let flight: Flight | undefined;

  const start = (): Flight => {
    const controller = new AbortController();
    const budget = startBudget({ ...policy, attempts: policy.tokenAttempts }, controller.signal);
    const granted = retry(tokenTarget, budget, connection.emit, isPassing, () =>
      requestToken(connection, credentials, budget),
    );
    return { granted, controller, waiting: 0 };
  };

  const request = async (budget: Budget): Promise<string> => {
    flight ??= start();
    const mine = flight;
    mine.waiting += 1;
    try {
      const granted = await within(tokenTarget, budget, 'totalTimeout', () => mine.granted);
      current = granted;
      return granted.token;
    } finally {
      mine.waiting -= 1;
      if (mine.waiting === 0) {
        mine.controller.abort();
        if (flight === mine) flight = undefined;
      }
    }
  };

  return {
    get: async (budget) => {
      if (current !== undefined && performance.now() < current.staleAt) {
        return { value: current.token, isCached: true };
      }
      return { value: await request(budget), isCached: false };
    },
    forget: (token) => {
      if (current?.token === token) current = undefined;
    },
    secrets: [credentials.clientSecret],
  };
};

/** Tokens by the caller's own function, which is asked for each attempt. */
export const tokensByFunction = (
  getToken: (options: { signal: AbortSignal }) => string | Promise<string>,
): TokenSource => ({
  get: async (budget) => {
    const fail = (why: string, cause?: unknown): GetTokenFailedError =>
      new GetTokenFailedError(`The option \`getToken\` ${why}.`, { cause });
    const answer = within(tokenTarget, budget, 'totalTimeout', async (signal) => getToken({ signal }));
    const value: unknown = await answer.catch((cause: unknown) => {
      throw cause instanceof AbortError ? cause : fail('failed (see `cause`)', cause);
    });
    if (!isToken(value)) throw fail('must answer an access token, without `Bearer`');
    return { value, isCached: false };
  },
  forget: () => {},
  secrets: [],
});
