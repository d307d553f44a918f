/** Customizer scripts: typed, made into what a tenant runs, checked and run without a tenant. */
export { build } from './build.ts';
export { check, type Finding } from './check.ts';
export type { CustomizerConfig, LogtoConfig, TenantConfig } from './config.ts';
export type { ClaimsCode, Severity } from './rules.ts';
export {
  type CustomizerFailure,
  type CustomizerRun,
  type RunCustomizerOptions,
  runCustomizer,
} from './run.ts';
export {
  type AccessTokenSampleFields,
  accessTokenSample,
  type ClientCredentialsSampleFields,
  clientCredentialsSample,
  type Sample,
} from './samples.ts';
export { type Place, ScriptError } from './script-error.ts';
export type * from './types.ts';
