import { type Issue, LogtoJwtCustomizerError } from './base.ts';

/** The tenant, or something in front of it, answered a call with a status of 400 or more. */
export class RequestRefusedError extends LogtoJwtCustomizerError {
  static {
    RequestRefusedError.prototype.name = 'RequestRefusedError';
  }

  declare name: 'RequestRefusedError';
  declare readonly method: string;
  declare readonly path: string;
  declare readonly status: number;
  /** What is wrong with the request, in the tenant's own words; empty when it does not say. */
  declare readonly issues: readonly Issue[];
}
