import type { ScopesOf } from './authorization.ts';
import { randomText } from './request-id.ts';

/** The access tokens of a tenant. */
export interface Tokens {
  /** A new token with these permissions. */
  issue(scopes: readonly string[]): string;
  scopesOf: ScopesOf;
}

/** Tokens that are known by themselves: no JWT, kept in memory, never forgotten. */
export const createOpaqueTokens = (): Tokens => {
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
