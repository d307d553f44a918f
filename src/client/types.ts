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

/** A customizer in a list; `key` tells which. */
export type JwtCustomizerConfig = JwtCustomizerConfigs[number];

/** What a call returns, and what it was made from. */
export interface WithResponse<T> {
  readonly data: T;
  /** As `fetch` gave it. Its body has been read: it is `text`. */
  readonly response: Response;
  readonly text: string;
  /** `Logto-Core-Request-Id`: names the exchange in the tenant's logs. */
  readonly requestId: string | undefined;
}

/** A promise of the data that can be asked for the response, too. */
export interface CallPromise<T> extends Promise<T> {
  /** The data with the response it came in. After a write whose outcome had to be read, that of the read. */
  withResponse(): Promise<WithResponse<T>>;
}

/**
 * The customizers of one tenant.
 *
 * Every method rejects with an error that is a `LogtoJwtCustomizerError`:
 * - `InvalidRequestError`, `InvalidOptionError` before anything is sent: an unknown token type, a body that a tenant
 *   refuses, one over 1 MiB, an environment variable that is `undefined`
 * - `TokenRefusedError`, `TokenDeniedError`, `MissingRoleError`, `GetTokenFailedError`, and `InvalidOptionError` for a
 *   `resource` that is no Management API: there is no access token
 * - `RequestRefusedError`: the tenant answered 400 or more
 * - `UnexpectedResponseError`, `InvalidResponseError`: something else than Logto's answer came
 * - `NetworkError`, `TimeoutError`: no whole answer came
 * - `AbortError`: the caller's signal ended the call
 * and those that write also with `ConflictError`, `NotStoredAsSentError` and `OutcomeUnknownError`.
 *
 * A client sends its writes to one customizer one after another, whatever its callers do at the same time: a tenant
 * reads, merges and writes without a lock, and of two writes at once one can be lost, although both are answered (seen
 * in 93 of 100 pairs on Logto 1.43). Against the writes of others there are `ifUnchanged` and `recheckAfter`.
 */
export interface JwtCustomizerClient {
  /**
   * All customizers; `[]` when there is none.
   *
   * @example
   * ```js
   * for (const { key, value } of await customizers.list()) console.log(key, value.script.length);
   * ```
   */
  list(options?: CallOptions): CallPromise<JwtCustomizerConfigs>;

  /**
   * One customizer, with the values of its environment variables; `undefined` when there is none.
   *
   * @example
   * ```js
   * const { data, requestId } = await customizers.get('access-token').withResponse();
   * console.log(data?.script, requestId);
   * ```
   */
  get<T extends TokenType>(tokenType: T, options?: CallOptions): CallPromise<Customizers[T] | undefined>;

  /**
   * Creates or replaces a customizer: a field that is left out is removed. Answers what is now stored.
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
   * Changes a customizer and answers the whole of what is now stored: a field that is left out is kept, one that is
   * sent replaces the stored one whole. `script` must be sent. 404 `entity.not_exists_with_id` when there is none.
   *
   * @example
   * ```js
   * const previous = await customizers.get('access-token');
   * if (previous === undefined) throw new Error('there is no customizer to update');
   * const environmentVariables = { ...previous.environmentVariables, PLAN: 'free' };
   * await customizers.update(
   *   'access-token',
   *   { script: previous.script, environmentVariables },
   *   { ifUnchanged: previous }, // a ConflictError when somebody else has written since
   * );
   * ```
   */
  update<T extends TokenType>(
    tokenType: T,
    customizer: Customizers[T],
    options?: WriteOptions<T>,
  ): CallPromise<Customizers[T]>;

  /**
   * Deletes a customizer. 404 `entity.not_found` when there is none.
   *
   * @example
   * ```js
   * await customizers.delete('client-credentials');
   * ```
   */
  delete<T extends TokenType>(tokenType: T, options?: WriteOptions<T>): CallPromise<void>;

  /**
   * Runs a script on the tenant without storing it and answers its claims. A script that does not compile, throws or
   * runs out of time is refused with 422 `jwt_customizer.general`; one that calls `api.denyAccess`, with 403.
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
   * Puts back what was read before, to the letter: fields that it lacks are removed, fields that are newer than this
   * client are sent as they are, and `undefined` deletes what there is, if anything. What `get` returned is all it needs.
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
