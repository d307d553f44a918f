import type {
  Claims,
  JwtCustomizerConfigs,
  JwtCustomizerTestRequest,
  TokenType,
} from '../../generated/types.d.ts';
import type { CallOptions, Customizers, WriteOptions } from './options.ts';

export type {
  AccessTokenJwtCustomizer,
  Claims,
  ClientCredentialsJwtCustomizer,
  JwtCustomizerConfigs,
  JwtCustomizerTestRequest,
  TokenType,
} from '../../generated/types.d.ts';

/** A customizer in a list; `key` identifies it. */
export type JwtCustomizerConfig = JwtCustomizerConfigs[number];

/** The result of a call and the response that it came from. */
export interface WithResponse<T> {
  readonly data: T;
  /** As `fetch` returned it. Its body has been read into `text`. */
  readonly response: Response;
  readonly text: string;
  /** The header `Logto-Core-Request-Id`, which identifies the request in the tenant's logs. */
  readonly requestId: string | undefined;
}

/** A promise of the data, which can also return the response. */
export interface CallPromise<T> extends Promise<T> {
  /** The data with its response. If the outcome of a write had to be read, this is the response to the read. */
  withResponse(): Promise<WithResponse<T>>;
}

/**
 * The customizers of one tenant.
 *
 * Every method rejects with an error that is a `LogtoJwtCustomizerError`:
 * - `InvalidRequestError`, `InvalidOptionError` before anything is sent: an unknown token type, a body that a tenant
 *   refuses, one over 1 MiB, an environment variable that is `undefined`
 * - `TokenRefusedError`, `TokenDeniedError`, `MissingRoleError`, `GetTokenFailedError`, and `InvalidOptionError` for a
 *   `resource` that is not a Management API: there is no access token
 * - `RequestRefusedError`: the tenant responded with status 400 or higher
 * - `UnexpectedResponseError`, `InvalidResponseError`: the response is not one of Logto's
 * - `NetworkError`, `TimeoutError`: no complete response arrived
 * - `AbortError`: the caller's signal ended the call
 * and methods that write also with `ConflictError`, `NotStoredAsSentError` and `OutcomeUnknownError`.
 *
 * A client sends its writes to one customizer one after another, even if they are called concurrently: a tenant reads,
 * merges and writes without a lock, so of two simultaneous writes one can be lost although both succeed (93 of 100 pairs
 * on Logto 1.43). Use `ifUnchanged` and `recheckAfter` to detect the writes of others.
 */
export interface JwtCustomizerClient {
  /**
   * Lists all customizers; `[]` if there is none.
   *
   * @example
   * ```js
   * for (const { key, value } of await customizers.list()) console.log(key, value.script.length);
   * ```
   */
  list(options?: CallOptions): CallPromise<JwtCustomizerConfigs>;

  /**
   * Returns one customizer, with the values of its environment variables; `undefined` if there is none.
   *
   * @example
   * ```js
   * const { data, requestId } = await customizers.get('access-token').withResponse();
   * console.log(data?.script, requestId);
   * ```
   */
  get<T extends TokenType>(tokenType: T, options?: CallOptions): CallPromise<Customizers[T] | undefined>;

  /**
   * Creates or replaces a customizer: fields that are left out are removed. Returns what is now stored.
   *
   * @example
   * ```js
   * const script = 'const getCustomJwtClaims = async ({ environmentVariables }) => ({ plan: environmentVariables.PLAN });';
   * await customizers.put('client-credentials', { script, environmentVariables: { PLAN: 'pro' } });
   * ```
   */
  put<T extends TokenType>(
    tokenType: T,
    customizer: Customizers[T],
    options?: WriteOptions<T>,
  ): CallPromise<Customizers[T]>;

  /**
   * Changes a customizer and returns all that is now stored. Fields that are left out are kept; each field that is sent
   * replaces the stored one completely. `script` is required. 404 `entity.not_exists_with_id` if there is none.
   *
   * @example
   * ```js
   * const previous = await customizers.get('access-token');
   * if (previous === undefined) throw new Error('there is no customizer to update');
   * const environmentVariables = { ...previous.environmentVariables, PLAN: 'free' };
   * await customizers.update(
   *   'access-token',
   *   { script: previous.script, environmentVariables },
   *   { ifUnchanged: previous }, // throws a ConflictError if someone else has written since
   * );
   * ```
   */
  update<T extends TokenType>(
    tokenType: T,
    customizer: Customizers[T],
    options?: WriteOptions<T>,
  ): CallPromise<Customizers[T]>;

  /**
   * Deletes a customizer. 404 `entity.not_found` if there is none.
   *
   * @example
   * ```js
   * await customizers.delete('client-credentials');
   * ```
   */
  delete<T extends TokenType>(tokenType: T, options?: WriteOptions<T>): CallPromise<void>;

  /**
   * Runs a script on the tenant without storing it and returns its claims. A script that does not compile, throws or
   * times out is refused with 422 `jwt_customizer.general`; one that calls `api.denyAccess`, with 403.
   *
   * @example
   * ```js
   * const script = 'const getCustomJwtClaims = async ({ context }) => ({ name: context.user.name });';
   * const context = { user: { name: 'Ada' } };
   * console.log(await customizers.test({ tokenType: 'access-token', script, token: {}, context })); // { name: 'Ada' }
   * ```
   */
  test(request: JwtCustomizerTestRequest, options?: CallOptions): CallPromise<Claims>;

  /**
   * Restores exactly what `get` returned before: fields that it lacks are removed, fields that are newer than this client
   * are sent unchanged, and `undefined` deletes the customizer if there is one.
   *
   * @example
   * ```js
   * const before = await customizers.get('access-token');
   * try {
   *   await customizers.put('access-token', { script: 'const getCustomJwtClaims = async () => ({ trial: true });' });
   * } finally {
   *   await customizers.restore('access-token', before);
   * }
   * ```
   */
  restore<T extends TokenType>(
    tokenType: T,
    customizer: Customizers[T] | undefined,
    options?: WriteOptions<T>,
  ): CallPromise<void>;
}
