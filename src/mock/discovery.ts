import type { SignedTokens } from './signed-tokens.ts';

/** What is answered without a token, by path: how an API finds the key that verifies tokens, and the document. */
export const publicAnswers = (
  issuer: () => string,
  { jwks }: Pick<SignedTokens, 'jwks'>,
  document: string,
): Record<string, () => string> => ({
  '/oidc/jwks': () => JSON.stringify(jwks),
  '/oidc/.well-known/openid-configuration': () =>
    JSON.stringify({
      issuer: issuer(),
      jwks_uri: `${issuer()}/jwks`,
      token_endpoint: `${issuer()}/token`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES384'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      scopes_supported: ['all'],
    }),
  '/api/swagger.json': () => document,
});
