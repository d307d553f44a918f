import { LogtoJwtCustomizerError } from './base.ts';

/**
 * A write got no answer that tells whether it was carried out, and reading the customizer failed, too. `cause` is the
 * write's own fault. With `recheckAfter`: the write was carried out, and could not be read again.
 */
export class OutcomeUnknownError extends LogtoJwtCustomizerError {
  static {
    OutcomeUnknownError.prototype.name = 'OutcomeUnknownError';
  }

  declare name: 'OutcomeUnknownError';
  /** Why the customizer could not be read. */
  declare readonly readFault: LogtoJwtCustomizerError;
}
