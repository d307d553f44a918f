/** The tokens that a tenant remembers: subject tokens, and those that it issued to users. */

import { isBefore } from '../runner/release.ts';
import { json, type TenantResponse } from './message.ts';
import { refuseToken } from './token-endpoint.ts';

export interface SubjectToken {
  userId: string;
  context: object;
  /** Milliseconds since 1970. */
  expiresAt: number;
  isUsed: boolean;
}

/** An access token of a user. */
export interface UserToken {
  userId: string;
  clientId: string;
  scope: string;
  /** Seconds since 1970. */
  issuedAt: number;
  lifetime: number;
  /** Of the script, and `act`. */
  claims: Record<string, unknown>;
  /** Introspection tells of no other. */
  isOpaque: boolean;
}

const lowercase = 'abcdefghijklmnopqrstuvwxyz0123456789';

const subjectTokenId = (): string =>
  `sub_${Array.from(crypto.getRandomValues(new Uint8Array(21)), (byte) => lowercase[byte % 36]).join('')}`;

/** In seconds (user-tokens.jsonl, "subject token: userId alone"). */
export const subjectTokenLifetime = 600;

/** How many of each are remembered. */
const most = 10_000;

const keep = <T>(map: Map<string, T>, key: string, value: T): void => {
  map.set(key, value);
  const [oldest = key] = map.keys();
  if (map.size > most) map.delete(oldest);
};

export const createIssued = () => {
  const subjectTokens = new Map<string, SubjectToken>();
  const userTokens = new Map<string, UserToken>();
  return {
    subjectToken: (token: string) => subjectTokens.get(token),
    /** @returns the token */
    addSubjectToken: (userId: string, context: object): string => {
      const token = subjectTokenId();
      const expiresAt = Date.now() + subjectTokenLifetime * 1000;
      keep(subjectTokens, token, { userId, context, expiresAt, isUsed: false });
      return token;
    },
    /** One that has not expired. */
    userToken: (token: string): UserToken | undefined => {
      const found = userTokens.get(token);
      return found !== undefined && Date.now() < (found.issuedAt + found.lifetime) * 1000 ? found : undefined;
    },
    addUserToken: (token: string, details: UserToken): void => keep(userTokens, token, details),
  };
};

export type Issued = ReturnType<typeof createIssued>;

/** Claims of a script that introspection does not show (user-tokens.jsonl, "introspection: the script overrode"). */
const own = ['active', 'client_id', 'exp', 'iat', 'iss', 'scope', 'token_type'];
const hidden = [...own, 'aud', 'jti', 'sid', 'cnf', 'authorization_details'];

/** What introspection says of a token: the value of `sub` is the script's, if it has one. */
export const introspect = (
  token: string,
  found: UserToken | undefined,
  release: string,
  issuer: string,
): TenantResponse => {
  const headers = { 'cache-control': 'no-store' };
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token) && !isBefore(release, '1.42'))
    return refuseToken(
      400,
      'unsupported_token_type',
      'Structured JWT Tokens cannot be introspected via the introspection_endpoint',
    );
  if (!found?.isOpaque) return json(200, { active: false }, headers);
  const { userId, clientId, scope, issuedAt, lifetime, claims } = found;
  const shown = Object.entries(claims).filter(([name]) => !hidden.includes(name));
  return json(
    200,
    {
      active: true,
      sub: userId,
      ...Object.fromEntries(shown),
      client_id: clientId,
      exp: issuedAt + lifetime,
      iat: issuedAt,
      iss: issuer,
      scope,
      token_type: 'Bearer',
    },
    headers,
  );
};
