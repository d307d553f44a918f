/** A typed client for Logto's JWT customizers. The client as the document alone makes it is `raw.ts`. */

export type { ValidationIssue } from '../../generated/validators/issue.d.ts';
export { createJwtCustomizerClient } from './client.ts';
export { createManagementApiAccess, type ManagementApiAccess } from './connect.ts';
export { LogtoJwtCustomizerError } from './errors/base.ts';
export { GetTokenFailedError } from './errors/get-token-failed.ts';
export { InvalidOptionError } from './errors/invalid-option.ts';
export { InvalidRequestError } from './errors/invalid-request.ts';
export { MissingRoleError } from './errors/missing-role.ts';
export { NetworkError } from './errors/network.ts';
export { type RefusalIssue, RequestRefusedError } from './errors/request-refused.ts';
export { TokenRefusedError } from './errors/token-refused.ts';
export { UnexpectedAnswerError } from './errors/unexpected-answer.ts';
export type {
  ClientCredentialsOptions,
  GetTokenOptions,
  JwtCustomizerClientOptions,
} from './options.ts';
export { redact } from './redact.ts';
export type {
  AccessTokenJwtCustomizer,
  Claims,
  ClientCredentialsJwtCustomizer,
  Customizers,
  JwtCustomizerClient,
  JwtCustomizerConfig,
  JwtCustomizerConfigs,
  JwtCustomizerTestRequest,
  TokenType,
} from './types.ts';
