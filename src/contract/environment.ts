import { isToken } from '../client/call/transport.ts';
import { createManagementApiAccess } from '../client/index.ts';
import { createRawClient } from '../client/raw.ts';
import type { Sender } from './targets/http.ts';

/** Environment variables, in the shape of `process.env`. */
export type Environment = Record<string, string | undefined>;

/** The environment variables that a live tenant needs. */
export const liveVariables = ['LOGTO_ENDPOINT', 'LOGTO_APP_ID', 'LOGTO_APP_SECRET'] as const;

/** The required environment variables of a live tenant that are missing. */
export const missingVariables = (env: Environment): string[] => liveVariables.filter((name) => !env[name]);

/**
 * Creates the sender for a live tenant from `LOGTO_ENDPOINT`, `LOGTO_APP_ID`, `LOGTO_APP_SECRET` and, if they are set,
 * `LOGTO_TOKEN_ENDPOINT`, `LOGTO_RESOURCE`, `LOGTO_ALLOW_HTTP`, `LOGTO_NO_ROLE_APP_ID` and `LOGTO_NO_ROLE_APP_SECRET`.
 *
 * @throws {InvalidOptionError} when the value of a variable is not a valid option of the client.
 */
export const senderOf = (env: Environment): Sender => {
  const id = env['LOGTO_APP_ID'] ?? '';
  const secret = env['LOGTO_APP_SECRET'] ?? '';
  const allowHttp = env['LOGTO_ALLOW_HTTP'] === '1';
  const createAccess = () =>
    createManagementApiAccess({
      endpoint: env['LOGTO_ENDPOINT'] ?? '',
      clientId: id,
      clientSecret: secret,
      resource: env['LOGTO_RESOURCE'] || undefined,
      tokenEndpoint: env['LOGTO_TOKEN_ENDPOINT'] || undefined,
      allowHttp,
    });
  let access = createAccess();
  const { endpoint, tokenEndpoint, resource } = access;
  const tokenBaseUrl = tokenEndpoint.replace(/\/oidc\/token$/, '');
  const withoutPermission = async (): Promise<string> => {
    const { data } = await createRawClient({ endpoint: tokenBaseUrl, allowHttp }).POST('/oidc/token', {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: { grant_type: 'client_credentials', client_id: id, client_secret: secret, resource },
    });
    if (!isToken(data?.access_token) || data.scope?.split(' ').includes('all'))
      throw new Error('the tenant grants no token without the permission `all` to this application');
    return data.access_token;
  };
  const noRole = { id: env['LOGTO_NO_ROLE_APP_ID'], secret: env['LOGTO_NO_ROLE_APP_SECRET'] };
  return {
    endpoint,
    tokenBaseUrl,
    client: { id, secret, resource },
    ...(noRole.id && noRole.secret && { clientWithoutRole: { id: noRole.id, secret: noRole.secret } }),
    token: (permission) => (permission === 'all' ? access.getToken() : withoutPermission()),
    forgetToken: () => {
      access = createAccess();
    },
  };
};
