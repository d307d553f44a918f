import type { ValidationIssue } from '../../../generated/validators/issue.d.ts';
import { joinSome } from '../join-some.ts';
import { LogtoJwtCustomizerError } from './base.ts';

/** A call was not sent, because a tenant would refuse it: its token type, its body or its size. */
export class InvalidRequestError extends LogtoJwtCustomizerError {
  static {
    InvalidRequestError.prototype.name = 'InvalidRequestError';
  }

  /**
   * What is wrong, with a pointer into the body as `JSON.stringify` writes it. Of a token type or a size, the pointer
   * is empty.
   */
  readonly issues: readonly ValidationIssue[];

  constructor(operation: string, issues: readonly ValidationIssue[], options?: ErrorOptions) {
    super(`\`${operation}\` was not sent: ${joinSome(issues.map(({ message }) => message))}.`, options);
    this.issues = issues;
  }
}
