import {
  validateAccessTokenJwtCustomizer,
  validateAccessTokenJwtCustomizerTestRequest,
  validateClientCredentialsJwtCustomizer,
  validateClientCredentialsJwtCustomizerTestRequest,
} from '../../generated/validators/request.js';
import type { Validators } from '../tenant/index.ts';

/** The document's validators, for the guards of a tenant. */
export const validators: Validators = {
  customizers: {
    'access-token': validateAccessTokenJwtCustomizer,
    'client-credentials': validateClientCredentialsJwtCustomizer,
  },
  testRequests: {
    'access-token': validateAccessTokenJwtCustomizerTestRequest,
    'client-credentials': validateClientCredentialsJwtCustomizerTestRequest,
  },
};
