import type { Responses } from './call/read.ts';
import { InvalidOptionError } from './errors/invalid-option.ts';
import type { ClientEvent } from './events.ts';
import { type CallPolicy, defaultPolicy, type Policy, policyOf, type TokenPolicy } from './policy.ts';
import type { Customizers, TokenType } from './types.ts';

/** How answers are judged. */
export interface ResponseOptions {
  /**
   * How answers are judged by the document:
   * - `tolerant`: a field that the document does not know is kept and told to `onEvent`; all else that is wrong throws
   * - `strict`: that throws, too
   * - `unchecked`: answers are taken as they are
   * @default 'tolerant'
   */
  responses?: Responses | undefined;
}

/** Each field may be left out. */
export type Optional<T> = { -readonly [K in keyof T]?: T[K] | undefined };

/** What a client can do differently, whichever way it gets its access tokens. */
export interface CommonOptions extends Optional<CallPolicy & TokenPolicy>, ResponseOptions {
  /** The tenant's base URL: http or https, for example `https://my-tenant.logto.app` or `http://localhost:3001`. */
  endpoint: string;
  /**
   * Allows an endpoint of `http://` that is not this machine: secrets and tokens then go over the network unencrypted.
   * @default false
   */
  allowHttp?: boolean | undefined;
  /**
   * What sends the requests, called as `fetch` is. It must heed `redirect: 'manual'`.
   * @default globalThis.fetch, as it is at each call
   */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * Put before the client's own name in the header `User-Agent`. Browsers send their own.
   * @default nothing
   */
  userAgent?: string | undefined;
  /** Is told of each request, answer, retry and warning, for logs. What it throws is ignored. */
  onEvent?: ((event: ClientEvent) => void) | undefined;
  /**
   * Whether tokens, the client secret and the values of environment variables are taken out of what `onEvent` is told.
   * Samples can hold people's data: they stay.
   * @default true
   */
  redactEvents?: boolean | undefined;
}

/** What one call may do differently from the client's options. */
export interface CallOptions extends Optional<CallPolicy>, ResponseOptions {
  /** Ends the call with an `AbortError`; nothing of it runs after. */
  signal?: AbortSignal | undefined;
}

/** What one write may do differently. */
export interface WriteOptions<T extends TokenType> extends CallOptions {
  /**
   * Writes only if the tenant's customizer is still this one, as it was read; `null`: if there is none. It is read
   * again before each attempt. A tenant cannot compare and write in one step: a write by somebody else between that
   * read and ours goes unnoticed.
   * @default it is written whatever there is
   */
  ifUnchanged?: Customizers[T] | null | undefined;
  /**
   * Whether the body is judged by the document before it is sent. `false` lets a newer tenant's fields through.
   * @default true
   */
  checkRequest?: boolean | undefined;
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
   * Answers an access token of the Management API, without `Bearer`. Asked for each attempt; nothing is cached.
   * `signal` fires when the call ends first.
   */
  getToken: (options: { signal: AbortSignal }) => string | Promise<string>;
  clientId?: undefined;
  clientSecret?: undefined;
  resource?: undefined;
}

export type JwtCustomizerClientOptions = ClientCredentialsOptions | GetTokenOptions;

type Unchecked = Readonly<Record<string, unknown>>;

const requireText = (options: Unchecked, name: string): void => {
  if (typeof options[name] === 'string' && options[name] !== '') return;
  throw new InvalidOptionError(name, 'must be a text that is not empty');
};

const requireFunction = (options: Unchecked, name: string): void => {
  if (typeof options[name] === 'function') return;
  throw new InvalidOptionError(name, 'must be a function');
};

const isGiven =
  (options: Unchecked) =>
  (name: string): boolean =>
    options[name] !== undefined;

const judgements: readonly unknown[] = ['tolerant', 'strict', 'unchecked', undefined];

/**
 * The numbers of a call: its own, else the client's.
 *
 * @throws InvalidOptionError
 */
export const checkCallOptions = (policy: Policy, call: CallOptions): Policy => {
  if (judgements.includes(call.responses)) return policyOf(policy, call);
  throw new InvalidOptionError('responses', 'must be `tolerant`, `strict` or `unchecked`');
};

/**
 * Says what a compiler says to those who have one.
 *
 * @returns the numbers of the client
 * @throws InvalidOptionError
 */
export const checkOptions = (given: JwtCustomizerClientOptions): Policy => {
  const options = Object(given) as Unchecked;
  const credentials = ['clientId', 'clientSecret', 'resource'];
  requireText(options, 'endpoint');
  for (const name of ['userAgent', ...credentials].filter(isGiven(options))) requireText(options, name);
  for (const name of ['fetch', 'onEvent', 'getToken'].filter(isGiven(options)))
    requireFunction(options, name);
  if (options['getToken'] === undefined) {
    for (const name of ['clientId', 'clientSecret']) {
      if (isGiven(options)(name)) continue;
      throw new InvalidOptionError(name, 'is missing: give `clientId` and `clientSecret`, or `getToken`');
    }
  } else {
    const [stray] = credentials.filter(isGiven(options));
    if (stray !== undefined) throw new InvalidOptionError(stray, 'does not go with `getToken`');
  }
  return checkCallOptions(defaultPolicy, options);
};
