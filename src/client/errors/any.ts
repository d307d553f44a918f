import type { AbortError } from './abort.ts';
import { isBranded } from './base.ts';
import type { ConflictError } from './conflict.ts';
import type { GetTokenFailedError } from './get-token-failed.ts';
import type { InvalidOptionError } from './invalid-option.ts';
import type { InvalidRequestError } from './invalid-request.ts';
import type { InvalidResponseError } from './invalid-response.ts';
import type { MissingRoleError } from './missing-role.ts';
import type { NetworkError } from './network.ts';
import type { NotStoredAsSentError } from './not-stored-as-sent.ts';
import type { OutcomeUnknownError } from './outcome-unknown.ts';
import type { RequestRefusedError } from './request-refused.ts';
import type { TimeoutError } from './timeout.ts';
import type { TokenDeniedError } from './token-denied.ts';
import type { TokenRefusedError } from './token-refused.ts';
import type { UnexpectedAnswerError } from './unexpected-answer.ts';

/** Every error of the client; `name` tells which. */
export type AnyLogtoJwtCustomizerError =
  | AbortError
  | ConflictError
  | GetTokenFailedError
  | InvalidOptionError
  | InvalidRequestError
  | InvalidResponseError
  | MissingRoleError
  | NetworkError
  | NotStoredAsSentError
  | OutcomeUnknownError
  | RequestRefusedError
  | TimeoutError
  | TokenDeniedError
  | TokenRefusedError
  | UnexpectedAnswerError;

/**
 * Whether a value is an error of the client, whichever copy of this package threw it: `instanceof` knows its own copy's
 * alone. Narrow further by `name`.
 */
export const isLogtoJwtCustomizerError = (value: unknown): value is AnyLogtoJwtCustomizerError =>
  isBranded(value);
