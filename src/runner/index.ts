/** Runs a customizer's script as the server of a release of Logto does. No sandbox. */
export type { IssueOutcome, Stopped, TestOutcome, Unanswered } from './protocol.ts';
export { createRunner, type Runner, type RunnerOptions, type ScriptRequest } from './runner.ts';
