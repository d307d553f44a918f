/* Made by `npm run regenerate` from openapi.yaml. Do not edit. */
import type { Validate } from './issue.d.ts';
export declare const validateAccessTokenJwtCustomizer: Validate;
export declare const validateClientCredentialsJwtCustomizer: Validate;
export declare const validateAccessTokenJwtCustomizerTestRequest: Validate;
export declare const validateClientCredentialsJwtCustomizerTestRequest: Validate;
export declare const validateTokenRequest: Validate;
