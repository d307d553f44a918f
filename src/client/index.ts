/** A typed client for Logto's JWT customizers. The client as the document alone makes it is `raw.ts`. */

export type { ValidationIssue } from '../../generated/validators/issue.d.ts';
export { createJwtCustomizerClient } from './client.ts';
export { createManagementApiAccess, type ManagementApiAccess } from './connect.ts';
export { findDroppedFields } from './dropped-fields.ts';
export { AbortError } from './errors/abort.ts';
export { type AnyLogtoJwtCustomizerError, isLogtoJwtCustomizerError } from './errors/any.ts';
export { type ErrorDetails, type Issue, LogtoJwtCustomizerError } from './errors/base.ts';
export { ConflictError } from './errors/conflict.ts';
export { GetTokenFailedError } from './errors/get-token-failed.ts';
export { InvalidOptionError } from './errors/invalid-option.ts';
export { InvalidRequestError } from './errors/invalid-request.ts';
export { InvalidResponseError } from './errors/invalid-response.ts';
export { MissingRoleError } from './errors/missing-role.ts';
export { NetworkError } from './errors/network.ts';
export { NotStoredAsSentError } from './errors/not-stored-as-sent.ts';
export { OutcomeUnknownError } from './errors/outcome-unknown.ts';
export { RequestRefusedError } from './errors/request-refused.ts';
export { TimeoutError } from './errors/timeout.ts';
export { TokenDeniedError } from './errors/token-denied.ts';
export { TokenRefusedError } from './errors/token-refused.ts';
export { UnexpectedAnswerError } from './errors/unexpected-answer.ts';
export type { ClientEvent, Exchanged } from './events.ts';
export type {
  CallOptions,
  ClientCredentialsOptions,
  CommonOptions,
  ConnectionOptions,
  GetTokenOptions,
  JwtCustomizerClientOptions,
  RecheckOptions,
  RequestLimits,
  RetryOptions,
  TokenOptions,
  ValidateOptions,
  WriteOptions,
} from './options.ts';
export type {
  AccessTokenJwtCustomizer,
  CallPromise,
  Claims,
  ClientCredentialsJwtCustomizer,
  Customizers,
  JwtCustomizerClient,
  JwtCustomizerConfig,
  JwtCustomizerConfigs,
  JwtCustomizerTestRequest,
  TokenType,
  WithResponse,
} from './types.ts';
