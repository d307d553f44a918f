import { InvalidOptionError } from './errors/invalid-option.ts';

interface CommonOptions {
  /** The tenant's base URL: http or https, for example `https://my-tenant.logto.app` or `http://localhost:3001`. */
  endpoint: string;
  /**
   * What sends the requests. It gets a `Request` and follows its `redirect: 'manual'`.
   * @default globalThis.fetch, as it is at each call
   */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** The client fetches its access tokens itself, as a machine-to-machine application with the Management API role. */
export interface ClientCredentialsOptions extends CommonOptions {
  clientId: string;
  clientSecret: string;
  /**
   * The resource indicator of the tenant's Management API. Logto Cloud behind a custom domain needs it:
   * `https://<tenant id>.logto.app/api`.
   * @default `https://<tenant id>.logto.app/api` for an endpoint `https://<tenant id>.logto.app`, and
   * `https://default.logto.app/api`, a self-hosted Logto's, for any other
   */
  resource?: string | undefined;
  getToken?: undefined;
}

/** The caller has the access tokens. */
export interface GetTokenOptions extends CommonOptions {
  /**
   * Answers an access token of the Management API, without `Bearer`. Asked for each call; nothing is cached.
   */
  getToken: () => string | Promise<string>;
  clientId?: undefined;
  clientSecret?: undefined;
  resource?: undefined;
}

export type JwtCustomizerClientOptions = ClientCredentialsOptions | GetTokenOptions;

const requireText = (options: Record<string, unknown>, name: string): void => {
  if (typeof options[name] === 'string' && options[name] !== '') return;
  throw new InvalidOptionError(name, 'must be a text that is not empty');
};

const requireFunction = (options: Record<string, unknown>, name: string): void => {
  if (typeof options[name] === 'function') return;
  throw new InvalidOptionError(name, 'must be a function');
};

/**
 * Says what a compiler says to those who have one.
 *
 * @throws InvalidOptionError
 */
export const checkOptions = (given: JwtCustomizerClientOptions): void => {
  const options = Object(given) as Record<string, unknown>;
  requireText(options, 'endpoint');
  if (options['fetch'] !== undefined) requireFunction(options, 'fetch');
  if (options['getToken'] !== undefined) {
    requireFunction(options, 'getToken');
    for (const name of ['clientId', 'clientSecret', 'resource']) {
      if (options[name] !== undefined) throw new InvalidOptionError(name, 'does not go with `getToken`');
    }
    return;
  }
  if (options['clientId'] === undefined) {
    throw new InvalidOptionError('clientId', 'is missing: give `clientId` and `clientSecret`, or `getToken`');
  }
  requireText(options, 'clientId');
  requireText(options, 'clientSecret');
  if (options['resource'] !== undefined) requireText(options, 'resource');
};
