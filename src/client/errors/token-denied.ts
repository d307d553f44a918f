import { TokenRefusedError } from './token-refused.ts';

/**
 * The tenant's own client-credentials script denied the access token (`api.denyAccess`): it runs for the application
 * that calls the Management API, too. `errorDescription` is what the script said. To repair the script, use Logto's
 * Console, or `getToken` with a token that was issued before.
 */
export class TokenDeniedError extends TokenRefusedError {
  static {
    TokenDeniedError.prototype.name = 'TokenDeniedError';
  }

  declare name: 'TokenDeniedError';
}
