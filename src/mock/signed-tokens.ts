import type * as Jose from 'jose';
import type { TokenDetails } from '../tenant/index.ts';
import { importPeer } from './peer.ts';

/** Logto's default algorithm (its source: a tenant's first key is on the curve P-384). */
const alg = 'ES384';

/** Verifying takes about a millisecond, so the most recently verified tokens are cached. */
const remembered = 100;

/**
 * Signs tokens with a newly generated key.
 *
 * @param issuer - returns the value of `iss`; called for each token because the port is known later
 * @param resource - the resource indicator of the Management API
 * @returns access tokens as JWTs, and `jwks`: the public half of the key, as `GET /oidc/jwks` returns it
 * @throws {Error} when `jose` is not installed; the message includes the command that adds it
 */
export const createSignedTokens = async (issuer: () => string, resource: string) => {
  const jose: typeof Jose = await importPeer('jose', () => import('jose'));
  const { privateKey, publicKey } = await jose.generateKeyPair(alg, { extractable: true });
  const publicJwk = await jose.exportJWK(publicKey);
  const kid = await jose.calculateJwkThumbprint(publicJwk);
  const verified = new Map<string, { scopes: readonly string[]; expiresAt: number }>();

  const issue = (
    scopes: readonly string[],
    { clientId, resource: audience, jti, lifetime, claims }: TokenDetails,
  ): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    return new jose.SignJWT({
      ...claims,
      jti,
      sub: clientId,
      iat: now,
      exp: now + lifetime,
      ...(scopes.length > 0 && { scope: scopes.join(' ') }),
      client_id: clientId,
      iss: issuer(),
      aud: audience,
    })
      .setProtectedHeader({ alg, typ: 'at+jwt', kid })
      .sign(privateKey);
  };

  const verify = async (token: string) => {
    const { payload } = await jose.jwtVerify(token, publicKey, { issuer: issuer(), audience: resource });
    const scopes = String(payload['scope'] ?? '').split(' ');
    return { scopes, expiresAt: (payload.exp ?? 0) * 1000 };
  };

  const scopesOf = async (token: string): Promise<readonly string[] | undefined> => {
    const found = verified.get(token) ?? (await verify(token).catch(() => undefined));
    if (found === undefined || Date.now() >= found.expiresAt) return undefined;
    verified.set(token, found);
    const [oldest = token] = verified.keys();
    if (verified.size > remembered) verified.delete(oldest);
    return found.scopes;
  };

  return { issue, scopesOf, jwks: { keys: [{ ...publicJwk, kid, alg, use: 'sig' }] } };
};
