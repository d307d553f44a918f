import { LogtoJwtCustomizerError } from './base.ts';

/** The tenant grants a token, but not the permission `all`: the application may not use the Management API. */
export class MissingRoleError extends LogtoJwtCustomizerError {
  static {
    MissingRoleError.prototype.name = 'MissingRoleError';
  }

  /** The resource indicator that the token was asked for. */
  readonly resource: string;

  constructor(resource: string) {
    super(
      `The tenant granted a token for ${resource} without the permission \`all\`. ` +
        "In Logto's Console, assign the machine-to-machine application of the option `clientId` a role " +
        'that has the permission `all` of the Management API.',
    );
    this.resource = resource;
  }
}
