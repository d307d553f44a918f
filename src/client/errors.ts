import type { ValidationIssue } from '../../generated/validators/issue.d.ts';

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
  /** What is wrong, one by one; empty when the response does not say. */
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

/** An option is missing, wrong, or does not go with another one. */
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
   * What is wrong, with a pointer into the body as `JSON.stringify` writes it. Of a token type or a size, the pointer
   * is empty.
   */
  declare readonly issues: readonly ValidationIssue[];
}

/** The caller's own `getToken` threw (then `cause` is what it threw), or what it answered is no token. */
export class GetTokenFailedError extends LogtoJwtCustomizerError {
  declare name: 'GetTokenFailedError';
}

/** The token endpoint, or something in front of it, answered with a status of 400 or more. */
export class TokenRefusedError extends LogtoJwtCustomizerError {
  declare name: 'TokenRefusedError' | 'TokenDeniedError';
  declare readonly status: number;
  /** The error code of OAuth 2.0 (RFC 6749, section 5.2), for example `invalid_client`. */
  declare readonly error?: string;
  declare readonly errorDescription?: string;
}

/**
 * The tenant's own client-credentials script denied the access token (`api.denyAccess`): it runs for the application
 * that calls the Management API, too. `errorDescription` is what the script said. To repair the script, use Logto's
 * Console, or `getToken` with a token that was issued before.
 */
export class TokenDeniedError extends TokenRefusedError {
  declare name: 'TokenDeniedError';
}

/** The tenant grants a token, but not the permission `all`: the application may not use the Management API. */
export class MissingRoleError extends LogtoJwtCustomizerError {
  declare name: 'MissingRoleError';
  /** The resource indicator that the token was asked for. */
  declare readonly resource: string;
}

/**
 * No answer, or only a part of one: nothing listens, a name does not resolve, a connection was cut. `cause` is what
 * fetch threw by its name, message and code, `code` the system's code, if it says one.
 */
export class NetworkError extends LogtoJwtCustomizerError {
  declare name: 'NetworkError' | 'TimeoutError';

  constructor(why: string, details: ErrorDetails) {
    super(`${details.method} ${details.path} got no whole answer: ${why}`, details);
  }
}

/** No whole answer came in time. */
export class TimeoutError extends NetworkError {
  declare name: 'TimeoutError';
  /** The option that was reached. */
  declare readonly limit: 'attemptTimeout' | 'token.timeout' | 'totalTimeout';
  /** Its value, in milliseconds. */
  declare readonly timeout: number;

  constructor(details: ErrorDetails & { readonly limit: TimeoutError['limit']; readonly timeout: number }) {
    super(`the option \`${details.limit}\` of ${details.timeout} ms was reached.`, details);
  }
}

/**
 * The caller's signal ended the call; `cause` is the signal's reason. A write that was under way may have been carried
 * out.
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

/** The tenant, or something in front of it, answered a call with a status of 400 or more. */
export class RequestRefusedError extends LogtoJwtCustomizerError {
  declare name: 'RequestRefusedError';
  declare readonly method: string;
  declare readonly path: string;
  declare readonly status: number;
  /** What is wrong with the request, in the tenant's own words; empty when it does not say. */
  declare readonly issues: readonly Issue[];
}

/** The call was answered, and not refused, but not as Logto answers: a proxy's page, an empty body, a redirect. */
export class UnexpectedResponseError extends LogtoJwtCustomizerError {
  declare name: 'UnexpectedResponseError';
  declare readonly method: string;
  declare readonly path: string;
  /** 0 for a redirect in a browser, which does not tell. */
  declare readonly status: number;
  declare readonly contentType?: string;
}

/** The answer is JSON, but not what a tenant answers to this call. A write may have been carried out all the same. */
export class InvalidResponseError extends LogtoJwtCustomizerError {
  declare name: 'InvalidResponseError';
  /** What is wrong, with a pointer into the answer. */
  declare readonly issues: readonly ValidationIssue[];
}

/**
 * The tenant's customizer is another one than `ifUnchanged` says; or, with `recheckAfter`, than the write left behind:
 * then the write was carried out, and somebody else wrote at the same time.
 */
export class ConflictError extends LogtoJwtCustomizerError {
  declare name: 'ConflictError';
  /** What `ifUnchanged` said, or the write left behind; `null`: no customizer. Not in the JSON, it holds environment variables. */
  declare readonly expected: unknown;
  /** What the tenant holds; `null`: no customizer. Not in the JSON either. */
  declare readonly found: unknown;
  /**
   * Whether what the tenant holds contains what was to be written: then the write was carried out, and somebody else
   * wrote as well.
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

/** The tenant answered a write as carried out, and what it answers is not what was sent (see `issues`). */
export class NotStoredAsSentError extends LogtoJwtCustomizerError {
  declare name: 'NotStoredAsSentError';
}

/**
 * A write got no answer that tells whether it was carried out, and reading the customizer failed, too. `cause` is the
 * write's own fault. With `recheckAfter`: the write was carried out, and could not be read again.
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

/** Every error of the client; `name` tells which. */
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
 * Whether a value is an error of the client, whichever copy of this package threw it: `instanceof` knows its own copy's
 * alone. Narrow further by `name`.
 */
export const isLogtoJwtCustomizerError = (value: unknown): value is AnyLogtoJwtCustomizerError =>
  brand in Object(value);
