import { InvalidOptionError } from './errors/invalid-option.ts';

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
 * @throws InvalidOptionError when it is no http(s) URL, has a part that does not belong into a base URL, or is of
 * `http://` and not this machine while `allowHttp` is false. The URL is not quoted: it could hold a password.
 */
export const normalizeEndpoint = (endpoint: string, allowHttp = true): string => {
  const url = parse(endpoint);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new InvalidOptionError(
      'endpoint',
      'must be an http or https URL, such as https://my-tenant.logto.app',
    );
  }
  if (url.username + url.password + url.search + url.hash !== '') {
    throw new InvalidOptionError('endpoint', 'must not hold a user, a password, a query or a fragment');
  }
  if (url.protocol === 'http:' && !allowHttp && !loopback.test(url.hostname)) {
    throw new InvalidOptionError(
      'endpoint',
      'must be https, or secrets cross the network unencrypted; `allowHttp: true` lets them',
    );
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
};

/**
 * The resource indicator of a tenant's Management API: on Logto Cloud it carries the tenant's id, which a custom domain
 * does not tell; a self-hosted Logto has one name for all.
 */
export const defaultResource = (endpoint: string): string => {
  const tenantId = /^([^.]+)\.logto\.app$/.exec(new URL(endpoint).hostname)?.[1];
  return `https://${tenantId ?? 'default'}.logto.app/api`;
};
