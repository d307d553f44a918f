import { LogtoJwtCustomizerError } from './base.ts';

/** The tenant answered a write as carried out, and what it answers is not what was sent (see `issues`). */
export class NotStoredAsSentError extends LogtoJwtCustomizerError {
  static {
    NotStoredAsSentError.prototype.name = 'NotStoredAsSentError';
  }

  declare name: 'NotStoredAsSentError';
}
