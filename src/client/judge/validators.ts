import type { TokenType } from '../../../generated/types.d.ts';
/*
 * The validators that call every undocumented field an issue (keyword `additionalProperties`): what a tenant would
 * refuse or drop in a request, and what is newer than the document in an answer.
 */
import {
  validateAccessTokenJwtCustomizer,
  validateAccessTokenJwtCustomizerTestRequest,
  validateClaims,
  validateClientCredentialsJwtCustomizer,
  validateClientCredentialsJwtCustomizerTestRequest,
  validateJwtCustomizerConfigs,
} from '../../../generated/validators/closed.js';
import type { Validate } from '../../../generated/validators/issue.d.ts';

export const customizerValidators: Record<TokenType, Validate> = {
  'access-token': validateAccessTokenJwtCustomizer,
  'client-credentials': validateClientCredentialsJwtCustomizer,
};

export const testRequestValidators: Record<TokenType, Validate> = {
  'access-token': validateAccessTokenJwtCustomizerTestRequest,
  'client-credentials': validateClientCredentialsJwtCustomizerTestRequest,
};

export const answerValidators: Record<TokenType | 'list' | 'claims', Validate> = {
  ...customizerValidators,
  list: validateJwtCustomizerConfigs,
  claims: validateClaims,
};
