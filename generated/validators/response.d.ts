/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
import type { Validate } from './issue.d.ts';
export declare const validateAccessTokenJwtCustomizer: Validate;
export declare const validateClientCredentialsJwtCustomizer: Validate;
export declare const validateJwtCustomizerConfigs: Validate;
export declare const validateClaims: Validate;
export declare const validateRequestError: Validate;
export declare const validateInvalidInputError: Validate;
export declare const validateMessageError: Validate;
export declare const validateUnauthorizedError: Validate;
export declare const validateJwtCustomizerError: Validate;
export declare const validateTokenResponse: Validate;
export declare const validateTokenError: Validate;
