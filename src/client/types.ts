import type {
  AccessTokenJwtCustomizer,
  Claims,
  ClientCredentialsJwtCustomizer,
  JwtCustomizerConfigs,
  JwtCustomizerTestRequest,
  TokenType,
} from '../../generated/types.d.ts';

export type {
  AccessTokenJwtCustomizer,
  Claims,
  ClientCredentialsJwtCustomizer,
  JwtCustomizerConfigs,
  JwtCustomizerTestRequest,
  TokenType,
};

/** A customizer in a list; `key` tells which. */
export type JwtCustomizerConfig = JwtCustomizerConfigs[number];

/** The customizer of each token type. */
export interface Customizers {
  'access-token': AccessTokenJwtCustomizer;
  'client-credentials': ClientCredentialsJwtCustomizer;
}

/**
 * The customizers of one tenant.
 *
 * Every method rejects with an error that is a `LogtoJwtCustomizerError`:
 * - `InvalidRequestError` before anything is sent: an unknown token type, a body that a tenant refuses, one over 1 MiB
 * - `TokenRefusedError`, `MissingRoleError`, `GetTokenFailedError`: there is no access token
 * - `RequestRefusedError`: the tenant answered 400 or more
 * - `UnexpectedAnswerError`: something else than Logto answered
 * - `NetworkError`: no whole answer came
 */
export interface JwtCustomizerClient {
  /** All customizers; `[]` when there is none. */
  list(): Promise<JwtCustomizerConfigs>;

  /** One customizer, with the values of its environment variables. 404 `entity.not_exists_with_id` when there is none. */
  get<T extends TokenType>(tokenType: T): Promise<Customizers[T]>;

  /** Creates or replaces a customizer: a field that is left out is removed. Answers what is now stored. */
  put<T extends TokenType>(tokenType: T, customizer: Customizers[T]): Promise<Customizers[T]>;

  /**
   * Changes a customizer and answers the whole of what is now stored: a field that is left out is kept, one that is
   * sent replaces the stored one whole. `script` must be sent. 404 `entity.not_exists_with_id` when there is none.
   *
   * The tenant reads, merges and writes without a lock: of two updates at the same time one can be lost, although both
   * are answered (seen in 93 of 100 pairs on Logto 1.43).
   */
  update<T extends TokenType>(tokenType: T, customizer: Customizers[T]): Promise<Customizers[T]>;

  /** Deletes a customizer. 404 `entity.not_found` when there is none. */
  delete(tokenType: TokenType): Promise<void>;

  /**
   * Runs a script on the tenant without storing it and answers its claims. A script that does not compile, throws or
   * runs out of time is refused with 422 `jwt_customizer.general`; one that calls `api.denyAccess`, with 403.
   */
  test(request: JwtCustomizerTestRequest): Promise<Claims>;
}
