/** The contract suite: cases, targets, validation, and the run that restores a live tenant. */

export {
  type Evidence,
  type Joined,
  joinReports,
  makeMarkdown,
  makePage,
  type NamedReport,
  type Report,
  type ReportExchange,
  type Rule,
  readReport,
  type Shard,
} from '../report/index.ts';
export { fingerprint, RefusedRunError } from '../session/index.ts';
export type { Case, Customizers } from './case.ts';
export { casesOf, loadCases, ruleOf, rules } from './cases.ts';
export { assertConforms, ContractError } from './contract-error.ts';
export { describeExchange } from './describe-exchange.ts';
export { type OperationId, operationsById } from './document.ts';
export { liveVariables, missingVariables } from './environment.ts';
export { type Exchange, type Finding, parseBody } from './exchange.ts';
export { type FuzzPlan, fuzzName, fuzzTarget } from './fuzz/fuzz.ts';
export { type ContractPlan, type TargetName, targetNames } from './plan.ts';
export type { Terminal } from './progress.ts';
export { type RecordPlan, recordedReleases } from './recordings/index.ts';
export {
  defaultReportFile,
  prepareFile,
  type ReportFile,
  type ReportFormat,
  reportFormats,
} from './report.ts';
export { type RunOptions, type RunResult, runContract } from './run.ts';
export { formatTable, type Outcome } from './table.ts';
export { openTargets } from './targets/index.ts';
export { undecidedReason } from './undecided.ts';
export { validate } from './validate.ts';
export { type Asked, validateByDocument } from './validate-by-document.ts';
