import { json, type TenantResponse } from './message.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

/** Random characters of nanoid's alphabet; `Logto-Core-Request-Id` has 16 of them. */
export const randomText = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % 64]).join('');

/** The content of a token, besides its scopes. */
export interface TokenDetails {
  clientId: string;
  /** The application or the user: the value of `sub`. */
  subject: string;
  /** The value of `scope`, if there is to be one. */
  scope?: string;
  /** The resource indicator of the API that it is for. */
  resource: string;
  /** The id of the token. */
  jti: string;
  /** Seconds. */
  lifetime: number;
  /** The claims that the tenant's script adds. */
  claims: Record<string, unknown>;
}

/** What a tenant says of a token that does not verify: fields of an error of `jose`. */
export interface TokenFault {
  code: string;
  name: string;
  claim?: string;
  reason?: string;
  /** Of the token. */
  payload?: object;
}

type Scopes = readonly string[] | TokenFault | undefined;

/** What is no JWT at all. */
const noToken: TokenFault = { code: 'ERR_JWS_INVALID', name: 'JWSInvalid' };

/** The access tokens of a tenant. */
export interface Tokens {
  /** Issues a token. */
  issue(scopes: readonly string[], details: TokenDetails): string | Promise<string>;
  /** The permissions that a token gives for the Management API; else why it gives none, for what is no token nothing. */
  scopesOf(token: string): Scopes | Promise<Scopes>;
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
  const scopes = (await scopesOf(header.slice('Bearer '.length))) ?? noToken;
  if ('code' in scopes)
    return refusal(401, 'auth.unauthorized', 'Unauthorized. Please check credentials and its scope.', scopes);
  return scopes.includes('all')
    ? undefined
    : refusal(403, 'auth.forbidden', 'Forbidden. Please check your user roles and permissions.');
};
