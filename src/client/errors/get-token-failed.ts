import { LogtoJwtCustomizerError } from './base.ts';

/** The caller's own `getToken` threw (then `cause` is what it threw), or what it answered is no token. */
export class GetTokenFailedError extends LogtoJwtCustomizerError {
  static {
    GetTokenFailedError.prototype.name = 'GetTokenFailedError';
  }

  declare name: 'GetTokenFailedError';
}
