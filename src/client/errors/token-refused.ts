import { LogtoJwtCustomizerError } from './base.ts';

/** The token endpoint, or something in front of it, answered with a status of 400 or more. */
export class TokenRefusedError extends LogtoJwtCustomizerError {
  static {
    TokenRefusedError.prototype.name = 'TokenRefusedError';
  }

  readonly status: number;
  /** Logto's stable code, for example `oidc.invalid_client`. */
  readonly code: string | undefined;
  /** The error code of OAuth 2.0 (RFC 6749, section 5.2), for example `invalid_client`. */
  readonly error: string | undefined;
  readonly errorDescription: string | undefined;

  constructor(message: string, fields: Omit<TokenRefusedError, keyof LogtoJwtCustomizerError>) {
    super(message);
    this.status = fields.status;
    this.code = fields.code;
    this.error = fields.error;
    this.errorDescription = fields.errorDescription;
  }
}
