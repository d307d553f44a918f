import { InvalidOptionError } from './errors.ts';

/** Names and addresses of this machine: RFC 6761 and RFC 1122 keep them off the network. */
const loopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * The base URL of a tenant, without trailing slashes.
 *
 * @throws InvalidOptionError for any other URL, without quoting it: it could contain a password.
 */
export const normalizeEndpoint = (endpoint: string, allowHttp = true, option = 'endpoint'): string => {
  const refuse = (expected: string): InvalidOptionError => new InvalidOptionError(option, expected);
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw refuse('must be an http or https URL, such as https://my-tenant.logto.app');
  if (url.username + url.password + url.search + url.hash !== '')
    throw refuse('must not contain a user name, password, query or fragment');
  if (url.protocol === 'http:' && !allowHttp && !loopback.test(url.hostname))
    throw refuse('must be https; plain HTTP sends secrets unencrypted and requires `allowHttp: true`');
  return url.origin + url.pathname.replace(/\/+$/, '');
};

const tokenPath = '/oidc/token';

/** @throws InvalidOptionError */
export const normalizeTokenEndpoint = (
  tokenEndpoint: string | undefined,
  endpoint: string,
  allowHttp: boolean,
): string => {
  if (tokenEndpoint === undefined) return endpoint + tokenPath;
  const url = normalizeEndpoint(tokenEndpoint, allowHttp, 'tokenEndpoint');
  if (url.endsWith(tokenPath)) return url;
  const expected = 'must end with /oidc/token, for example http://localhost:3002/oidc/token';
  throw new InvalidOptionError('tokenEndpoint', expected);
};

/** Where the document's `/oidc/token` is. */
export const tokenBaseUrlOf = (tokenEndpoint: string): string => tokenEndpoint.slice(0, -tokenPath.length);

/**
 * The resource indicator of a tenant's Management API. On Logto Cloud it contains the tenant's id, which a custom domain
 * does not show; every self-hosted Logto has the same one.
 */
export const defaultResource = (endpoint: string): string => {
  const tenantId = /^([^.]+)\.logto\.app$/.exec(new URL(endpoint).hostname)?.[1];
  return `https://${tenantId ?? 'default'}.logto.app/api`;
};
