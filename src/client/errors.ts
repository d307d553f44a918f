import type { ValidationIssue } from '../../generated/validators/issue.d.ts';

/** One problem with a request or a response. */
export interface Issue {
  /** JSON Pointer (RFC 6901) into the body; for a path parameter, `/` and its name. */
  readonly pointer: string;
  readonly message: string;
}

/** The known details of the request and response that an error is about. */
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

/** Unlike the class, this is the same in every copy of this package. */
const brand = Symbol.for('logto-jwt-customizer.error');

/**
 * The base class of every error of the client: `error instanceof LogtoJwtCustomizerError`.
 *
 * `JSON.stringify(error)` returns the name, the message and the error's own fields. No error contains a client secret, a
 * token, the value of an environment variable, a request's headers or a response's bytes, and control characters in a
 * tenant's text are escaped. The JSON contains `cause` only if it is one of these errors: an `AbortError` and a
 * `GetTokenFailedError` have a cause of the caller's. A `ConflictError` has customizers, but not in its JSON.
 */
export class LogtoJwtCustomizerError extends Error {
  static {
    Object.defineProperty(LogtoJwtCustomizerError.prototype, brand, { value: true });
  }

  /** The HTTP method of the call. */
  declare readonly method?: string;
  /** The path of the URL, without the endpoint. */
  declare readonly path?: string;
  /** The HTTP status of the response, if there was one. */
  declare readonly status?: number;
  /** Logto's stable code, for example `entity.not_exists_with_id`; for a network fault, the system's (`ECONNRESET`). */
  declare readonly code?: string;
  /** The header `Logto-Core-Request-Id`, which identifies the request in the tenant's logs. */
  declare readonly requestId?: string;
  /** The milliseconds that the server asked to wait (`Retry-After`). */
  declare readonly retryAfter?: number;
  /** The single problems; empty if the response does not list them. */
  readonly issues: readonly Issue[] = [];

  constructor(message: string, { cause, ...fields }: ErrorDetails & Record<string, unknown> = {}) {
    super(message, cause === undefined ? undefined : { cause });
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
  }

  toJSON(): Record<string, unknown> {
    const { name, message, cause } = this;
    const inner = cause instanceof LogtoJwtCustomizerError && { cause: cause.toJSON() };
    return { name, message, ...(this as object), ...inner };
  }
}

/** An option is missing, invalid, or cannot be combined with another one. */
export class InvalidOptionError extends LogtoJwtCustomizerError {
  declare name: 'InvalidOptionError';
  /** The option's name, for example `endpoint`. */
  declare readonly option: string;

  constructor(option: string, expected: string) {
    super(`The option \`${option}\` ${expected}.`, { option });
  }
}

/** A call was not sent, because a tenant would refuse it: its token type, its body or its size. */
export class InvalidRequestError extends LogtoJwtCustomizerError {
  declare name: 'InvalidRequestError';
  /**
   * The problems, with pointers into the body as `JSON.stringify` writes it. For a token type or a size, the pointer is
   * empty.
   */
  declare readonly issues: readonly ValidationIssue[];
}

/** The caller's `getToken` threw (`cause` is what it threw), or what it returned is not a token. */
export class GetTokenFailedError extends LogtoJwtCustomizerError {
  declare name: 'GetTokenFailedError';
}

/** The token endpoint, or something in front of it, responded with status 400 or higher. */
export class TokenRefusedError extends LogtoJwtCustomizerError {
  declare name: 'TokenRefusedError' | 'TokenDeniedError';
  declare readonly status: number;
  /** The error code of OAuth 2.0 (RFC 6749, section 5.2), for example `invalid_client`. */
  declare readonly error?: string;
  declare readonly errorDescription?: string;
}

/**
 * The tenant's own client-credentials script denied the access token (`api.denyAccess`): it also runs for the application
 * that calls the Management API. `errorDescription` is the script's message. To repair the script, use Logto's Console,
 * or `getToken` with a token that was issued before.
 */
export class TokenDeniedError extends TokenRefusedError {
  declare name: 'TokenDeniedError';
}

/** The tenant grants a token without the permission `all`: the application may not use the Management API. */
export class MissingRoleError extends LogtoJwtCustomizerError {
  declare name: 'MissingRoleError';
  /** The resource indicator of the token request. */
  declare readonly resource: string;
}

/**
 * There was no response, or only part of one: the host was not found, the connection was refused or cut. `cause` has the
 * name, message and code of what fetch threw; `code` is the system's error code, if there is one.
 */
export class NetworkError extends LogtoJwtCustomizerError {
  declare name: 'NetworkError' | 'TimeoutError';

  constructor(why: string, details: ErrorDetails) {
    super(`${details.method} ${details.path} got no complete response: ${why}`, details);
  }
}

/** The complete response did not arrive in time. */
export class TimeoutError extends NetworkError {
  declare name: 'TimeoutError';
  /** The option whose limit was reached. */
  declare readonly limit: 'attemptTimeout' | 'token.timeout' | 'totalTimeout';
  /** Its value, in milliseconds. */
  declare readonly timeout: number;

  constructor(details: ErrorDetails & { readonly limit: TimeoutError['limit']; readonly timeout: number }) {
    super(`the limit \`${details.limit}\` of ${details.timeout} ms was reached.`, details);
  }
}

/**
 * The caller's signal aborted the call; `cause` is the signal's reason. A write that was in progress may have taken
 * effect.
 */
export class AbortError extends LogtoJwtCustomizerError {
  declare name: 'AbortError';

  constructor(method: string, path: string, reason: unknown) {
    super(`${method} ${path} was aborted by its \`signal\` (see \`cause\`).`, {
      method,
      path,
      cause: reason,
    });
  }
}

/** The tenant, or something in front of it, responded to a call with status 400 or higher. */
export class RequestRefusedError extends LogtoJwtCustomizerError {
  declare name: 'RequestRefusedError';
  declare readonly method: string;
  declare readonly path: string;
  declare readonly status: number;
  /** The problems with the request, in the tenant's own words; empty if it does not list them. */
  declare readonly issues: readonly Issue[];
}

/** The response is not a refusal, but not one of Logto's either: a proxy's page, an empty body, a redirect. */
export class UnexpectedResponseError extends LogtoJwtCustomizerError {
  declare name: 'UnexpectedResponseError';
  declare readonly method: string;
  declare readonly path: string;
  /** 0 for a redirect in a browser, which hides the status. */
  declare readonly status: number;
  declare readonly contentType?: string;
}

/** The response is JSON, but does not match the OpenAPI document. A write may have taken effect nevertheless. */
export class InvalidResponseError extends LogtoJwtCustomizerError {
  declare name: 'InvalidResponseError';
  /** The problems, with pointers into the response. */
  declare readonly issues: readonly ValidationIssue[];
}

/**
 * The tenant's customizer differs from `ifUnchanged`; or, with `recheckAfter`, from what the write stored: then the write
 * succeeded, and someone else wrote at the same time.
 */
export class ConflictError extends LogtoJwtCustomizerError {
  declare name: 'ConflictError';
  /** `ifUnchanged`, or what the write stored; `null`: no customizer. Not in the JSON, since it has environment variables. */
  declare readonly expected: unknown;
  /** What the tenant has stored; `null`: no customizer. Not in the JSON either. */
  declare readonly found: unknown;
  /**
   * Whether the stored customizer contains what was sent: then the write took effect, and someone else wrote as well.
   */
  declare readonly holdsSent: boolean;

  constructor(
    message: string,
    details: ErrorDetails & { readonly holdsSent: boolean },
    states: { readonly expected: unknown; readonly found: unknown },
  ) {
    super(message, details);
    Object.defineProperties(this, { expected: { value: states.expected }, found: { value: states.found } });
  }
}

/** The tenant reported that a write succeeded, but its response differs from what was sent (see `issues`). */
export class NotStoredAsSentError extends LogtoJwtCustomizerError {
  declare name: 'NotStoredAsSentError';
}

/**
 * The response to a write does not show whether it took effect, and reading the customizer failed, too. `cause` is the
 * fault of the write. With `recheckAfter`: the write succeeded, but the customizer could not be read again.
 */
export class OutcomeUnknownError extends LogtoJwtCustomizerError {
  declare name: 'OutcomeUnknownError';
  /** Why the customizer could not be read. */
  declare readonly readFault: LogtoJwtCustomizerError;
}

/** A minifier changes the name of a class, not the key of an object. */
for (const [name, { prototype }] of Object.entries({
  LogtoJwtCustomizerError,
  InvalidOptionError,
  InvalidRequestError,
  GetTokenFailedError,
  TokenRefusedError,
  TokenDeniedError,
  MissingRoleError,
  NetworkError,
  TimeoutError,
  AbortError,
  RequestRefusedError,
  UnexpectedResponseError,
  InvalidResponseError,
  ConflictError,
  NotStoredAsSentError,
  OutcomeUnknownError,
}))
  Object.assign(prototype, { name });

/** The union of all errors of the client, discriminated by `name`. */
export type AnyLogtoJwtCustomizerError =
  | AbortError
  | ConflictError
  | GetTokenFailedError
  | InvalidOptionError
  | InvalidRequestError
  | InvalidResponseError
  | MissingRoleError
  | NetworkError
  | NotStoredAsSentError
  | OutcomeUnknownError
  | RequestRefusedError
  | TimeoutError
  | TokenDeniedError
  | TokenRefusedError
  | UnexpectedResponseError;

/**
 * Whether a value is an error of the client, from any copy of this package; `instanceof` recognizes only its own copy's.
 * Narrow further by `name`.
 */
export const isLogtoJwtCustomizerError = (value: unknown): value is AnyLogtoJwtCustomizerError =>
  brand in Object(value);
