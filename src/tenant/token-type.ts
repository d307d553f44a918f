/** What a path names as `tokenTypePath`, in the order of a tenant's list. */
export const tokenTypes = ['access-token', 'client-credentials'] as const;

export type TokenType = (typeof tokenTypes)[number];

/** The ids of the customizers in a tenant's storage; its list and its errors show them. */
export const configKeys: Readonly<Record<TokenType, string>> = {
  'access-token': 'jwt.accessToken',
  'client-credentials': 'jwt.clientCredentials',
};
