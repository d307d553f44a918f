/** One thing that is wrong with a request or an answer. */
export interface Issue {
  /** JSON Pointer (RFC 6901) into the body; of a path parameter, `/` and its name. */
  readonly pointer: string;
  readonly message: string;
}

/** What is known of the exchange that an error is about. */
export type ErrorDetails = {
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly issues?: readonly Issue[] | undefined;
  readonly cause?: unknown;
};

/** The same in every copy of this package, unlike the class. */
const brand = Symbol.for('logto-jwt-customizer.error');

export const isBranded = (value: unknown): boolean => brand in Object(value);

/**
 * What every error of the client is: `error instanceof LogtoJwtCustomizerError`.
 *
 * `JSON.stringify(error)` gives name, message and the error's own fields. No error holds a client secret, a token, the
 * value of an environment variable, a request's headers or a response's bytes, and text of a tenant is escaped where a
 * terminal would obey it. `cause`, where it is not one of these errors, is not in the JSON: of an `AbortError` and a
 * `GetTokenFailedError` it is the caller's own. A `ConflictError` holds customizers, but not in its JSON.
 */
export class LogtoJwtCustomizerError extends Error {
  static {
    LogtoJwtCustomizerError.prototype.name = 'LogtoJwtCustomizerError';
    Object.defineProperty(LogtoJwtCustomizerError.prototype, brand, { value: true });
  }

  /** The HTTP method of the call. */
  declare readonly method?: string;
  /** The path of the URL, without the endpoint. */
  declare readonly path?: string;
  /** The HTTP status of the answer, if there was one. */
  declare readonly status?: number;
  /** Logto's stable code, for example `entity.not_exists_with_id`; of a network fault, the system's (`ECONNRESET`). */
  declare readonly code?: string;
  /** `Logto-Core-Request-Id`: names the exchange in the tenant's logs. */
  declare readonly requestId?: string;
  /** Milliseconds that the server asked to wait (`Retry-After`). */
  declare readonly retryAfter?: number;
  /** What is wrong, one by one; empty when nobody says. */
  readonly issues: readonly Issue[] = [];

  constructor(message: string, { cause, ...fields }: ErrorDetails & Record<string, unknown> = {}) {
    super(message, cause === undefined ? undefined : { cause });
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
  }

  toJSON(): Record<string, unknown> {
    const { name, message, cause } = this;
    const fields: object = { ...this };
    return {
      name,
      message,
      ...fields,
      ...(cause instanceof LogtoJwtCustomizerError && { cause: cause.toJSON() }),
    };
  }
}
