/** Runs a customizer's script as the server of a release of Logto does. No sandbox. */
export { absentInNode22 } from './node22.ts';
export type { IssueOutcome, Stopped, TestOutcome, Unanswered } from './outcome.ts';
export {
  createRunner,
  type Runner,
  type RunnerOptions,
  type RunOutcome,
  type ScriptRequest,
} from './runner.ts';
export type { Trace, Unfit } from './trace.ts';
