import type { ScopesOf } from './authorization.ts';
import { randomText } from './request-id.ts';

/** What a token says, beside its scopes. */
export interface TokenDetails {
  clientId: string;
  /** The resource indicator that it is for. */
  resource: string;
  /** The id of the token. */
  jti: string;
  /** Seconds. */
  lifetime: number;
  /** What the tenant's script adds. */
  claims: Record<string, unknown>;
}

/** The access tokens of a tenant. */
export interface Tokens {
  /** A new token. */
  issue(scopes: readonly string[], details: TokenDetails): string | Promise<string>;
  /** The permissions that a token gives for the Management API. */
  scopesOf: ScopesOf;
}

/** Tokens that are known by themselves. */
export interface OpaqueTokens extends Tokens {
  /** A new token with these permissions for the Management API. */
  issue(scopes: readonly string[]): string;
  scopesOf(token: string): readonly string[] | undefined;
}

/** Tokens that are no JWT, kept in memory, never forgotten. */
export const createOpaqueTokens = (): OpaqueTokens => {
  const issued = new Map<string, readonly string[]>();
  return {
    issue: (scopes) => {
      const token = randomText(43);
      issued.set(token, scopes);
      return token;
    },
    scopesOf: (token) => issued.get(token),
  };
};
