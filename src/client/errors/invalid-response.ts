import type { ValidationIssue } from '../../../generated/validators/issue.d.ts';
import { LogtoJwtCustomizerError } from './base.ts';

/** The answer is JSON, but not what a tenant answers to this call. A write may have been carried out all the same. */
export class InvalidResponseError extends LogtoJwtCustomizerError {
  static {
    InvalidResponseError.prototype.name = 'InvalidResponseError';
  }

  declare name: 'InvalidResponseError';
  /** What is wrong, with a pointer into the answer. */
  declare readonly issues: readonly ValidationIssue[];
}
