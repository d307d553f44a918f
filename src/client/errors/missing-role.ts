import { LogtoJwtCustomizerError } from './base.ts';

/** The tenant grants a token, but not the permission `all`: the application may not use the Management API. */
export class MissingRoleError extends LogtoJwtCustomizerError {
  static {
    MissingRoleError.prototype.name = 'MissingRoleError';
  }

  declare name: 'MissingRoleError';
  /** The resource indicator that the token was asked for. */
  declare readonly resource: string;
}
