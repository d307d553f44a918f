/** Customizer scripts: from the file to what a tenant runs, checked and run without one. */
export { build } from './build.ts';
export { type CheckOptions, check, checkScript, type Finding, readSample, tokenTypeOf } from './check.ts';
export { type ClaimsRule, claimsRules, type Severity } from './rules.ts';
export {
  type CustomizerFailure,
  type CustomizerRun,
  type RunCustomizerOptions,
  runCustomizer,
} from './run.ts';
export type { Sample } from './sample-run.ts';
export { type Place, ScriptError } from './script-error.ts';
