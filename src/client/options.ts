import type {
  AccessTokenJwtCustomizer,
  ClientCredentialsJwtCustomizer,
  TokenType,
} from '../../generated/types.d.ts';
import type { ClientEvent } from './events.ts';

/** The customizer of each token type. */
export interface Customizers {
  'access-token': AccessTokenJwtCustomizer;
  'client-credentials': ClientCredentialsJwtCustomizer;
}

/** What is validated against the document. */
export interface ValidateOptions {
  /**
   * Whether a body is validated before it is sent. `false` lets the fields of a newer tenant through. `restore` never
   * validates what it puts back.
   * @default true
   */
  request?: boolean | undefined;
  /**
   * How the body of a response is validated:
   * - `true`: a field that the document does not know is kept and reported to `onEvent`; anything else wrong throws
   * - `'strict'`: such a field throws, too
   * - `false`: the body is taken as it is
   * @default true
   */
  response?: boolean | 'strict' | undefined;
}

/** The pauses before a request is sent again. */
export interface RetryOptions {
  /**
   * Milliseconds. Before retry n, a random time from 0 to `delay` × 2ⁿ⁻¹ passes.
   * @default 500
   */
  delay?: number | undefined;
  /**
   * Milliseconds. What `delay` is after 429.
   * @default 1_000
   */
  rateLimitDelay?: number | undefined;
  /**
   * Milliseconds. No pause is longer, unless `Retry-After` asks for it.
   * @default 8_000
   */
  maxDelay?: number | undefined;
}

/** How access tokens are requested and kept. */
export interface TokenOptions {
  /**
   * Milliseconds in which the token endpoint must have answered.
   * @default 10_000
   */
  timeout?: number | undefined;
  /**
   * How often a token request is sent again at most, before the calls that wait for the token fail.
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * Milliseconds before its end in which a token is no longer used.
   * @default 30_000
   */
  margin?: number | undefined;
}

/** The limits of one request. */
export interface RequestLimits {
  /**
   * Milliseconds in which the response to one attempt must be there whole.
   * @default 30_000
   */
  attemptTimeout?: number | undefined;
  /**
   * Bytes. A tenant's longest responses are those of `list`: two customizers, each made of fields of up to 1 MiB.
   * @default 16_777_216
   */
  maxResponseBytes?: number | undefined;
}

/** What one call may do differently from the client's options. */
export interface CallOptions extends RequestLimits {
  /**
   * How often one request is sent again at most.
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * Milliseconds for a call in all: its attempts, what it reads to be sure, the pauses between, and an access token. A
   * write that waits for an earlier one to the same customizer does so before.
   * @default 120_000
   */
  totalTimeout?: number | undefined;
  /** The pauses before a request is sent again. */
  retry?: RetryOptions | undefined;
  /** What is validated against the document. */
  validate?: ValidateOptions | undefined;
  /** Ends the call with an `AbortError`; nothing of it runs after. */
  signal?: AbortSignal | undefined;
}

/** What a write does once it was carried out. */
export interface RecheckOptions {
  /**
   * Milliseconds after which a write that was carried out reads the customizer once more. If it is another one by then,
   * somebody else wrote at the same time: the call throws a `ConflictError` with both. A write to the same customizer
   * by the same client waits until then. 0 reads nothing.
   *
   * It shows that somebody overwrote what this call wrote, within that time. It cannot show what this call itself
   * overwrote: that the other writer's own check shows.
   * @default 0
   */
  recheckAfter?: number | undefined;
}

/** What one write may do differently. */
export interface WriteOptions<T extends TokenType> extends CallOptions, RecheckOptions {
  /**
   * Writes only if the tenant's customizer is still this one, as `get` returned it; `undefined` (when it is given) and
   * `null`: if there is none. It is read again before each attempt. A tenant cannot compare and write in one step: a
   * write by somebody else between that read and ours goes unnoticed, which on a fast network is most of the time
   * (docs/faults.md). `recheckAfter` shows more of them.
   * @default it is written whatever there is
   */
  ifUnchanged?: Customizers[T] | null | undefined;
}

/** Where a tenant is, and what sends the requests. */
export interface ConnectionOptions {
  /** The tenant's base URL: http or https, for example `https://my-tenant.logto.app` or `http://localhost:3001`. */
  endpoint: string;
  /**
   * Allows `http://` to another machine: secrets and tokens then go over the network unencrypted.
   * @default false
   */
  allowHttp?: boolean | undefined;
  /**
   * What sends the requests, called as `fetch` is. It must heed `redirect: 'manual'` and `cache: 'no-store'`.
   * @default globalThis.fetch, as it is at each call
   */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** What a client can do differently, whichever way it gets its access tokens. */
export interface CommonOptions extends ConnectionOptions, Omit<CallOptions, 'signal'>, RecheckOptions {
  /**
   * Put before the client's own name in the header `User-Agent`: printable ASCII. Browsers send their own.
   * @default nothing
   */
  userAgent?: string | undefined;
  /** Is called with each request, response, retry and warning, for logs. What it throws or rejects with is ignored. */
  onEvent?: ((event: ClientEvent) => void) | undefined;
  /**
   * Whether tokens, the client secret and the values of environment variables are redacted in events, and a body that is
   * not JSON replaced by its length. Samples can hold people's data: they stay.
   * @default true
   */
  redactEvents?: boolean | undefined;
}

/** The client requests its access tokens itself, as a machine-to-machine application with the Management API role. */
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
  /**
   * The URL of the token endpoint, for a tenant whose access tokens come from another host than `endpoint`: for example
   * `http://localhost:3002/oidc/token`.
   * @default `endpoint` and `/oidc/token`
   */
  tokenEndpoint?: string | undefined;
  /** How access tokens are requested and kept. */
  token?: TokenOptions | undefined;
  getToken?: undefined;
}

/** The caller has the access tokens. */
export interface GetTokenOptions extends CommonOptions {
  /**
   * Returns an access token of the Management API, without `Bearer`. Called for each attempt; nothing is cached.
   * `signal` fires when the call ends first.
   */
  getToken: (options: { signal: AbortSignal }) => string | Promise<string>;
  clientId?: undefined;
  clientSecret?: undefined;
  resource?: undefined;
  tokenEndpoint?: undefined;
  token?: undefined;
}

export type JwtCustomizerClientOptions = ClientCredentialsOptions | GetTokenOptions;
