/** What every command of the package exits with. The only such table. */
export const exitCodes = {
  good: 0,
  /** Something was found, for example a case that failed. */
  finding: 1,
  /** The command was called wrongly. The message says how to call it. */
  wrongUse: 2,
  /** It could not be decided: nothing ran, a tenant could not be reached, the run was interrupted. */
  undecided: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
