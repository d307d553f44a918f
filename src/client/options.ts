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

/** Which bodies are validated against the OpenAPI document. */
export interface ValidateOptions {
  /**
   * Whether request bodies are validated before they are sent. `false` lets fields of newer tenants through. `restore`
   * never validates.
   * @default true
   */
  request?: boolean | undefined;
  /**
   * How response bodies are validated:
   * - `true`: fields that the document does not have are kept and reported to `onEvent`; any other mismatch throws
   * - `'strict'`: such fields throw, too
   * - `false`: response bodies are not validated
   * @default true
   */
  response?: boolean | 'strict' | undefined;
}

/** The pauses before retries. */
export interface RetryOptions {
  /**
   * Milliseconds. The pause before retry n is random, from 0 to `delay` × 2ⁿ⁻¹.
   * @default 500
   */
  delay?: number | undefined;
  /**
   * Milliseconds. Used in place of `delay` after 429.
   * @default 1_000
   */
  rateLimitDelay?: number | undefined;
  /**
   * Milliseconds. The longest pause, unless `Retry-After` asks for a longer one.
   * @default 8_000
   */
  maxDelay?: number | undefined;
}

/** How access tokens are requested and cached. */
export interface TokenOptions {
  /**
   * Milliseconds. The time limit of one token request.
   * @default 10_000
   */
  timeout?: number | undefined;
  /**
   * The maximum number of retries of a token request. After the last one, the calls that wait for the token fail.
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * Milliseconds. A token is not used in this last part of its lifetime.
   * @default 30_000
   */
  margin?: number | undefined;
}

/** The limits of one request. */
export interface RequestLimits {
  /**
   * Milliseconds. The time limit of one attempt, including the response body.
   * @default 30_000
   */
  attemptTimeout?: number | undefined;
  /**
   * Bytes. The maximum size of a response body. A tenant's longest responses are those of `list`: two customizers with
   * fields of up to 1 MiB each.
   * @default 16_777_216
   */
  maxResponseBytes?: number | undefined;
}

/** Options of one call, which override those of the client. */
export interface CallOptions extends RequestLimits {
  /**
   * The maximum number of retries of one request.
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * Milliseconds. The time limit of a whole call: its attempts and pauses, its access token, and the reads that verify a
   * write. It starts after the wait for earlier writes to the same customizer.
   * @default 120_000
   */
  totalTimeout?: number | undefined;
  /** The pauses before retries. */
  retry?: RetryOptions | undefined;
  /** Which bodies are validated against the OpenAPI document. */
  validate?: ValidateOptions | undefined;
  /** Ends the call with an `AbortError`; no part of it runs afterwards. */
  signal?: AbortSignal | undefined;
}

/** What a write does after it succeeds. */
export interface RecheckOptions {
  /**
   * Milliseconds after which a successful write reads the customizer again. If it differs by then, someone else wrote at
   * the same time, and the call throws a `ConflictError` with both customizers. Later writes of this client to the same
   * customizer wait until then. 0 disables this check.
   *
   * The check detects that someone overwrote this write within that time. It does not detect what this write itself
   * overwrote; only the other writer's check does.
   * @default 0
   */
  recheckAfter?: number | undefined;
}

/** Options of one write. */
export interface WriteOptions<T extends TokenType> extends CallOptions, RecheckOptions {
  /**
   * Writes only if the tenant's customizer still equals this one, which `get` returned. With `null`, or `undefined` set
   * explicitly, writes only if there is no customizer. The customizer is read before each attempt. A tenant cannot
   * compare and write in one step, so a write by someone else between that read and ours is not detected: on a fast
   * network, most of them (docs/faults.md). `recheckAfter` detects more.
   * @default writes unconditionally
   */
  ifUnchanged?: Customizers[T] | null | undefined;
}

/** The tenant, and the function that sends requests to it. */
export interface ConnectionOptions {
  /** The tenant's base URL: http or https, for example `https://my-tenant.logto.app` or `http://localhost:3001`. */
  endpoint: string;
  /**
   * Allows plain HTTP to another host, which sends secrets and tokens over the network unencrypted.
   * @default false
   */
  allowHttp?: boolean | undefined;
  /**
   * Sends the requests. Called like `fetch`; it must respect `redirect: 'manual'` and `cache: 'no-store'`.
   * @default globalThis.fetch, looked up for each request
   */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** The options of a client, however it gets its access tokens. */
export interface CommonOptions extends ConnectionOptions, Omit<CallOptions, 'signal'>, RecheckOptions {
  /**
   * Prepended to the client's own name in the `User-Agent` header; printable ASCII. Browsers send their own.
   * @default nothing
   */
  userAgent?: string | undefined;
  /** Called with each request, response, retry and warning, for logs. Its exceptions and rejections are ignored. */
  onEvent?: ((event: ClientEvent) => void) | undefined;
  /**
   * Whether events redact tokens, the client secret and the values of environment variables, and replace a body that is
   * not JSON by its length. Samples, which can contain personal data, are not redacted.
   * @default true
   */
  redactEvents?: boolean | undefined;
}

/** The client requests its access tokens itself, as a machine-to-machine application with the Management API role. */
export interface ClientCredentialsOptions extends CommonOptions {
  clientId: string;
  clientSecret: string;
  /**
   * The resource indicator of the tenant's Management API. Required for Logto Cloud behind a custom domain:
   * `https://<tenant id>.logto.app/api`.
   * @default `https://<tenant id>.logto.app/api` for an endpoint `https://<tenant id>.logto.app`; for any other,
   * `https://default.logto.app/api`, which self-hosted Logto uses
   */
  resource?: string | undefined;
  /**
   * The URL of the token endpoint, if it is on another host than `endpoint`: for example
   * `http://localhost:3002/oidc/token`.
   * @default `endpoint` followed by `/oidc/token`
   */
  tokenEndpoint?: string | undefined;
  /** How access tokens are requested and cached. */
  token?: TokenOptions | undefined;
  getToken?: undefined;
}

/** The caller provides the access tokens. */
export interface GetTokenOptions extends CommonOptions {
  /**
   * Returns an access token of the Management API, without `Bearer`. Called for each attempt; nothing is cached.
   * `signal` aborts if the call ends first.
   */
  getToken: (options: { signal: AbortSignal }) => string | Promise<string>;
  clientId?: undefined;
  clientSecret?: undefined;
  resource?: undefined;
  tokenEndpoint?: undefined;
  token?: undefined;
}

export type JwtCustomizerClientOptions = ClientCredentialsOptions | GetTokenOptions;
