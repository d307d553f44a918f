import type { ErrorDetails } from './base.ts';
import { NetworkError } from './network.ts';

/** No whole answer came in time. */
export class TimeoutError extends NetworkError {
  static {
    TimeoutError.prototype.name = 'TimeoutError';
  }

  declare name: 'TimeoutError';
  /** The option that was reached. */
  declare readonly limit: 'attemptTimeout' | 'token.timeout' | 'totalTimeout';
  /** Its value, in milliseconds. */
  declare readonly timeout: number;

  constructor(details: ErrorDetails & { readonly limit: TimeoutError['limit']; readonly timeout: number }) {
    super(`the option \`${details.limit}\` of ${details.timeout} ms was reached.`, details);
  }
}
