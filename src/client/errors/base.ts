/**
 * What every error of the client is: `error instanceof LogtoJwtCustomizerError`.
 *
 * `JSON.stringify(error)` gives name, message and the error's own fields. No error holds a client secret, a token, the
 * value of an environment variable or a request's headers; `cause`, where there is one, was made by others.
 */
export class LogtoJwtCustomizerError extends Error {
  static {
    LogtoJwtCustomizerError.prototype.name = 'LogtoJwtCustomizerError';
  }

  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...Object.fromEntries(Object.entries(this)) };
  }
}
