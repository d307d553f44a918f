import { InvalidOptionError } from './errors.ts';

const parse = (endpoint: string): URL | undefined => {
  try {
    return new URL(endpoint);
  } catch {
    return undefined;
  }
};

/** This machine, by name or number: RFC 6761 and RFC 1122 keep these off the network. */
const loopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * The base URL of a tenant, without slashes at its end.
 *
 * @param option - the option that an error names
 * @throws InvalidOptionError when it is no http(s) URL, has a part that does not belong into a base URL, or is of
 * `http://` and not this machine while `allowHttp` is false. The URL is not quoted: it could hold a password.
 */
export const normalizeEndpoint = (endpoint: string, allowHttp = true, option = 'endpoint'): string => {
  const url = parse(endpoint);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new InvalidOptionError(option, 'must be an http or https URL, such as https://my-tenant.logto.app');
  }
  if (url.username + url.password + url.search + url.hash !== '') {
    throw new InvalidOptionError(option, 'must not hold a user, a password, a query or a fragment');
  }
  if (url.protocol === 'http:' && !allowHttp && !loopback.test(url.hostname)) {
    throw new InvalidOptionError(
      option,
      'must be https, or secrets cross the network unencrypted; `allowHttp: true` lets them',
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
};

const tokenPath = '/oidc/token';

/**
 * The URL of a token endpoint: the option, or the tenant's own.
 *
 * @throws InvalidOptionError
 */
export const normalizeTokenEndpoint = (
  tokenEndpoint: string | undefined,
  endpoint: string,
  allowHttp: boolean,
): string => {
  if (tokenEndpoint === undefined) return endpoint + tokenPath;
  const url = normalizeEndpoint(tokenEndpoint, allowHttp, 'tokenEndpoint');
  if (url.endsWith(tokenPath)) return url;
  throw new InvalidOptionError(
    'tokenEndpoint',
    'must end with /oidc/token, as http://localhost:3002/oidc/token',
  );
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
