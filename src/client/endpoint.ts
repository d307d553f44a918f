import { InvalidOptionError } from './errors.ts';

/** This machine, by name or number: RFC 6761 and RFC 1122 keep these off the network. */
const loopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * The base URL of a tenant, without slashes at its end.
 *
 * @throws InvalidOptionError for another URL. It is not quoted: it could hold a password.
 */
export const normalizeEndpoint = (endpoint: string, allowHttp = true, option = 'endpoint'): string => {
  const refuse = (expected: string): InvalidOptionError => new InvalidOptionError(option, expected);
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw refuse('must be an http or https URL, such as https://my-tenant.logto.app');
  if (url.username + url.password + url.search + url.hash !== '')
    throw refuse('must not hold a user, a password, a query or a fragment');
  if (url.protocol === 'http:' && !allowHttp && !loopback.test(url.hostname))
    throw refuse('must be https, or secrets cross the network unencrypted; `allowHttp: true` lets them');
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
  const expected = 'must end with /oidc/token, as http://localhost:3002/oidc/token';
  throw new InvalidOptionError('tokenEndpoint', expected);
};

/** Where the document's `/oidc/token` is. */
export const tokenBaseUrlOf = (tokenEndpoint: string): string => tokenEndpoint.slice(0, -tokenPath.length);

/**
 * The resource indicator of a tenant's Management API: on Logto Cloud it carries the tenant's id, which a custom domain
 * does not tell; a self-hosted Logto has one name for all.
 */
export const defaultResource = (endpoint: string): string => {
  const tenantId = /^([^.]+)\.logto\.app$/.exec(new URL(endpoint).hostname)?.[1];
  return `https://${tenantId ?? 'default'}.logto.app/api`;
};
