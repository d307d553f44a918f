/** Every operation of the document: openapi-fetch with the document's types, on the client's transport. */
import type { FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import type { paths } from '../../generated/types.d.ts';
import type { Attempt } from './call/attempt.ts';
import { startBudget } from './call/budget.ts';
import { createEngine, responseOf } from './call/engine.ts';
import { tokensByFunction } from './call/token.ts';
import { bearer, createTransport } from './call/transport.ts';
import { normalizeEndpoint } from './endpoint.ts';
import { secretsIn } from './json.ts';
import { loadRefusal } from './load.ts';
import type { ConnectionOptions, RequestLimits } from './options.ts';
import { checkOptions } from './policy.ts';

export interface RawClientOptions extends ConnectionOptions, RequestLimits {
  /**
   * Returns an access token of the Management API, without `Bearer`. Called for each request under `/api/`, never for
   * `/oidc/token`. `signal` aborts if the request ends first.
   * @default none, requests carry no token
   */
  getToken?: ((options: { signal: AbortSignal }) => string | Promise<string>) | undefined;
}

type Verb = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** The paths that have this method. */
type PathWith<M extends Verb> = {
  [P in keyof paths]: [paths[P][M]] extends [undefined] ? never : P;
}[keyof paths];

/** The last argument of a method: openapi-fetch's options, without those that would override the transport. */
type Init<I> = { [K in keyof I as K extends 'body' | 'headers' | 'signal' ? K : never]: I[K] };
type Args<I> = undefined extends I ? [Init<NonNullable<I>>?] : [Init<I>];

/** openapi-fetch's method without the type parameter for its last argument, which lets unknown fields through. */
type Method<M extends Verb> = <P extends PathWith<M>>(
  path: P,
  ...init: Args<MaybeOptionalInit<paths[P], M>>
) => Promise<FetchResponse<paths[P][M] & Record<string, unknown>, object, `${string}/${string}`>>;

/** The methods of openapi-fetch. A body with a field that the document does not know does not compile. */
export interface RawClient {
  GET: Method<'get'>;
  PUT: Method<'put'>;
  POST: Method<'post'>;
  PATCH: Method<'patch'>;
  DELETE: Method<'delete'>;
}

/**
 * A client that does not validate, retry, follow redirects or throw for an HTTP status. Test `response.ok`, not `error`:
 * `error` is `''` after a 500 with an empty body.
 *
 * Its methods reject with a `NetworkError`, `TimeoutError` or `AbortError` if no complete response arrives, with an
 * `UnexpectedResponseError` if a body is longer than `maxResponseBytes` or a 2xx is not JSON, and with a
 * `GetTokenFailedError` if `getToken` fails.
 *
 * @throws InvalidOptionError, which names the option
 */
export const createRawClient = (options: RawClientOptions): RawClient => {
  const policy = checkOptions(options);
  const { allowHttp = false, getToken, fetch } = options;
  const engine = createEngine(normalizeEndpoint(options.endpoint, allowHttp), createTransport(fetch));
  const tokens = getToken && tokensByFunction(getToken);

  const methodOf =
    (method: Verb) =>
    async (path: string, { body, headers, signal }: RequestInit = {}) => {
      const target = { method: method.toUpperCase(), path };
      const budget = startBudget(policy, signal ?? undefined);
      const token = path.startsWith('/api/') ? await tokens?.get(budget) : undefined;
      const secrets = [...(token === undefined ? [] : [token.value]), ...secretsIn(body)];
      const own = token && bearer(token.value);
      const attempt: Attempt = { ...target, budget, limit: 'attemptTimeout', headers: own, secrets };
      const read = responseOf(
        await engine.request(method, path as never, { body, headers, attempt } as never),
      );
      const { ok, text, response } = read;
      if (!ok) return { error: read.body ?? text, response };
      if (read.body === undefined && text !== '') {
        throw (await loadRefusal()).unexpected(target, read, 'a body that is not JSON');
      }
      return { data: read.body, response };
    };

  const verbs = ['get', 'put', 'post', 'patch', 'delete'] as const;
  return Object.fromEntries(
    verbs.map((verb) => [verb.toUpperCase(), methodOf(verb)]),
  ) as unknown as RawClient;
};
