/** The contract suite: cases, targets, a judge between them, and the run that puts a live tenant back as it was. */
export type { Case, Customizers, Evidence } from './case.ts';
export { casesOf, loadCases } from './cases.ts';
export { assertConforms, ContractError } from './contract-error.ts';
export { documented, gapsOf, loadWaivers, type Waiver } from './coverage.ts';
export { type OperationId, operationsById } from './document.ts';
export { liveVariables, missingVariables } from './environment.ts';
export { type FuzzPlan, fuzzName, fuzzTarget } from './fuzz/index.ts';
export { type Exchange, type Finding, judge } from './judge.ts';
export { type Asked, judgeDocument } from './judge-document.ts';
export { parseBody } from './parse-body.ts';
export { type ContractPlan, type Shard, type TargetName, targetNames } from './plan.ts';
export type { Terminal } from './progress.ts';
export { type RecordPlan, recordedReleases } from './recordings/index.ts';
export { RefusedRunError } from './refused-run-error.ts';
export {
  defaultReportFile,
  describeExchange,
  type Joined,
  joinReports,
  makeMarkdown,
  makePage,
  type NamedReport,
  prepareFile,
  type Report,
  type ReportExchange,
  type ReportFile,
  type ReportFormat,
  readReport,
  reportFormats,
} from './report/index.ts';
export { type Rule, ruleOf, rules } from './rules.ts';
export { type RunOptions, type RunResult, runContract } from './run.ts';
export { fingerprint } from './session/index.ts';
export { formatTable, type Outcome } from './table.ts';
export { openTargets } from './targets/index.ts';
export { undecidedReason } from './undecided.ts';
