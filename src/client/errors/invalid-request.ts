import type { ValidationIssue } from '../../../generated/validators/issue.d.ts';
import { LogtoJwtCustomizerError } from './base.ts';

/** A call was not sent, because a tenant would refuse it: its token type, its body or its size. */
export class InvalidRequestError extends LogtoJwtCustomizerError {
  static {
    InvalidRequestError.prototype.name = 'InvalidRequestError';
  }

  declare name: 'InvalidRequestError';
  /**
   * What is wrong, with a pointer into the body as `JSON.stringify` writes it. Of a token type or a size, the pointer
   * is empty.
   */
  declare readonly issues: readonly ValidationIssue[];
}
