import { json, type TenantResponse } from './message.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/** Random characters of nanoid's alphabet; `Logto-Core-Request-Id` has 16 of them. */
export const randomText = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % 64]).join('');

/** The content of a token, besides its scopes. */
export interface TokenDetails {
  clientId: string;
  /** The resource indicator of the API that it is for. */
  resource: string;
  /** The id of the token. */
  jti: string;
  /** Seconds. */
  lifetime: number;
  /** The claims that the tenant's script adds. */
  claims: Record<string, unknown>;
}

/** The access tokens of a tenant. */
export interface Tokens {
  /** Issues a token. */
  issue(scopes: readonly string[], details: TokenDetails): string | Promise<string>;
  /** The permissions that a token grants on the Management API; `undefined` for an invalid token. */
  scopesOf(token: string): readonly string[] | undefined | Promise<readonly string[] | undefined>;
}

const refusal = (status: number, code: string, message: string, data?: object): TenantResponse =>
  json(status, { code, ...(data && { data }), message });

/**
 * Refuses an unauthorized request (recordings "refused: no authorization", "… garbage token",
 * "… basic authorization", "… token without permission"). No 401 of a tenant has `WWW-Authenticate`.
 * The scheme is recognized by its first letters, case-sensitively, as in Logto's own code.
 */
export const refuseAuthorization = async (
  header: string | undefined,
  scopesOf: Tokens['scopesOf'],
): Promise<TenantResponse | undefined> => {
  if (!header) return refusal(401, 'auth.authorization_header_missing', 'Authorization header is missing.');
  if (!header.startsWith('Bearer'))
    return refusal(
      401,
      'auth.authorization_token_type_not_supported',
      'Authorization type is not supported.',
      { supportedTypes: ['Bearer'] },
    );
  const scopes = await scopesOf(header.slice('Bearer '.length));
  if (scopes === undefined)
    return refusal(401, 'auth.unauthorized', 'Unauthorized. Please check credentials and its scope.', {
      code: 'ERR_JWS_INVALID',
      name: 'JWSInvalid',
    });
  return scopes.includes('all')
    ? undefined
    : refusal(403, 'auth.forbidden', 'Forbidden. Please check your user roles and permissions.');
};
