/** The request bodies of the catalogue's calls, and a tenant's responses. */
import { json, type Reply } from './http.ts';

/** Planted secrets, which must not be in any error. */
export const secrets = {
  clientSecret: 'planted-client-secret',
  token: 'planted-access-token',
  variable: 'planted-variable',
};

export const credentials = { clientId: 'm2m0123456789', clientSecret: secrets.clientSecret };

const customizer = (script: string) => ({ script, environmentVariables: { KEY: secrets.variable } });

/** The customizer before a write. */
export const before = customizer('// before');
/** The body of a write. */
export const ours = customizer('// ours');
/** The customizer that somebody else writes. */
export const theirs = customizer('// theirs');

export const configs = [{ key: 'jwt.accessToken', value: before }];
export const claims = { plan: 'pro' };

/** The list of customizers, as a read returns it. */
export const listed: Reply = json(200, configs);
export const holdsBefore: Reply = json(200, before);
export const holdsOurs: Reply = json(200, ours);
export const holdsTheirs: Reply = json(200, theirs);
export const holdsNone: Reply = json(404, {
  code: 'entity.not_exists_with_id',
  message: 'The logto_config with ID `jwt.accessToken` does not exist.',
});

/** As recorded in token-endpoint.jsonl, "granted". */
export const granted = (fields: Readonly<Record<string, unknown>> = {}): Reply =>
  json(200, {
    access_token: secrets.token,
    expires_in: 3600,
    token_type: 'Bearer',
    scope: 'all',
    ...fields,
  });

export const testRequest = {
  tokenType: 'client-credentials',
  script: 'const getCustomJwtClaims = async () => ({});',
  token: {},
  context: {},
} as const;
