import { LogtoJwtCustomizerError } from './base.ts';

/** The token endpoint, or something in front of it, answered with a status of 400 or more. */
export class TokenRefusedError extends LogtoJwtCustomizerError {
  static {
    TokenRefusedError.prototype.name = 'TokenRefusedError';
  }

  declare name: 'TokenRefusedError' | 'TokenDeniedError';
  declare readonly status: number;
  /** The error code of OAuth 2.0 (RFC 6749, section 5.2), for example `invalid_client`. */
  declare readonly error?: string;
  declare readonly errorDescription?: string;
}
