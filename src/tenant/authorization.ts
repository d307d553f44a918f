import { json, type TenantResponse } from './message.ts';

/** The permissions of an access token; nothing for what is none. */
export type ScopesOf = (
  token: string,
) => readonly string[] | undefined | Promise<readonly string[] | undefined>;

const refusal = (status: number, code: string, message: string, data?: object): TenantResponse =>
  json(status, { code, ...(data && { data }), message });

/**
 * Refuses a request that may not do what it asks for (recordings "refused: no authorization", "… garbage token",
 * "… basic authorization", "… token without permission"). No 401 of a tenant has `WWW-Authenticate`.
 * The scheme is told by the first letters alone, case and all, as Logto's own code does it.
 */
export const refuseAuthorization = async (
  header: string | undefined,
  scopesOf: ScopesOf,
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
