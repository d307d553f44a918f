/** Typed customizer scripts, and samples of what they receive. */
export { type AccessTokenSampleFields, accessTokenSample, clientCredentialsSample } from './samples.ts';
export type * from './types.ts';
