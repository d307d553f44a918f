import { type ErrorDetails, LogtoJwtCustomizerError } from './base.ts';

/**
 * No answer, or only a part of one: nothing listens, a name does not resolve, a connection was cut. `cause` is what
 * fetch threw by its name, message and code, `code` the system's code, if it says one.
 */
export class NetworkError extends LogtoJwtCustomizerError {
  static {
    NetworkError.prototype.name = 'NetworkError';
  }

  declare name: 'NetworkError' | 'TimeoutError';

  constructor(why: string, details: ErrorDetails) {
    super(`${details.method} ${details.path} got no whole answer: ${why}`, details);
  }
}
