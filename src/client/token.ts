import { GetTokenFailedError } from './errors/get-token-failed.ts';
import { MissingRoleError } from './errors/missing-role.ts';
import { type Call, exchange, requestInit, unexpected } from './exchange.ts';
import { isRecord } from './is-record.ts';
import type { RawClient } from './raw.ts';
import { tokenRefusalOf } from './token-refusal.ts';

/** Where a client has its access tokens from. */
export interface TokenSource {
  get(): Promise<string>;
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

/** How long before its end a token is no longer used, in milliseconds. */
const margin = 30_000;

const call: Call = { method: 'POST', path: '/oidc/token' };

/** What may stand in a header. The platforms quote a header's value when they refuse it. */
const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);

interface Granted {
  readonly token: string;
  /** By `performance.now()`, which does not jump when the system's clock is set. */
  readonly staleAt: number;
}

const requestToken = async (raw: RawClient, credentials: ClientCredentials): Promise<Granted> => {
  const { clientId, clientSecret, resource } = credentials;
  const askedAt = performance.now();
  const answer = await exchange(call, () =>
    raw.POST('/oidc/token', {
      ...requestInit,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        resource,
        scope: 'all',
      },
    }),
  );
  // The id too: it is the secret when the two are swapped, and Logto repeats it.
  if (!answer.ok) throw tokenRefusalOf(answer, resource, [clientSecret, clientId]);
  const body = isRecord(answer.body) ? answer.body : {};
  const { access_token: token, expires_in: seconds, scope } = body;
  if (!isToken(token)) throw unexpected(call, answer, 'no access token');
  if (
    !String(scope ?? '')
      .split(' ')
      .includes('all')
  )
    throw new MissingRoleError(resource);
  return { token, staleAt: askedAt + (typeof seconds === 'number' ? seconds * 1000 : 0) - margin };
};

/** Tokens by client credentials: one request however many calls wait, none while a token is fresh. */
export const tokensByClientCredentials = (raw: RawClient, credentials: ClientCredentials): TokenSource => {
  let granted: Granted | undefined;
  let pending: Promise<string> | undefined;
  const renew = async (): Promise<string> => {
    try {
      granted = await requestToken(raw, credentials);
      return granted.token;
    } finally {
      pending = undefined;
    }
  };
  return {
    get: async () => {
      if (granted !== undefined && performance.now() < granted.staleAt) return granted.token;
      pending ??= renew();
      return pending;
    },
    forget: (token) => {
      if (granted?.token === token) granted = undefined;
    },
    secrets: [credentials.clientSecret],
  };
};

/** Tokens by the caller's own function, which is asked for each call. */
export const tokensByFunction = (getToken: () => string | Promise<string>): TokenSource => ({
  get: async () => {
    let token: unknown;
    try {
      token = await getToken();
    } catch (cause) {
      throw new GetTokenFailedError('The option `getToken` threw an error (see `cause`).', { cause });
    }
    if (!isToken(token)) {
      throw new GetTokenFailedError(
        'The option `getToken` answered no access token: expected a text of visible ASCII characters, without `Bearer`.',
      );
    }
    return token;
  },
  forget: () => {},
  secrets: [],
});
