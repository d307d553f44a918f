/**
 * In what the releases differ, as far as running a script goes. The engines and limits are recorded
 * (`contracts/recordings/scripts-*.jsonl`), and so is what 1.28 does not log or give; since when it does is from Logto's
 * changes (1.36 and 1.37).
 *
 * @throws {Error} when `release` is not written as in `1.42`.
 */
export const rulesOf = (release: string) => {
  const [, major, minor] = /^(\d+)\.(\d+)(?:\.\d+)?$/.exec(release) ?? [];
  if (major === undefined || minor === undefined)
    throw new Error(`"${release}" is no release of Logto: give it as in "1.42"`);
  const isSince = (first: number): boolean =>
    Number(major) > 1 || (Number(major) === 1 && Number(minor) >= first);
  return {
    /** `node:vm` with `fetch` and `console` alone, or a worker with Node's globals. */
    engine: isSince(43) ? ('worker' as const) : ('vm' as const),
    /** Milliseconds, of which a time-out speaks. */
    timeout: isSince(43) ? 5000 : 3000,
    /** A run's claims or error are logged: what the log cannot hold fails the token request. */
    logsRuns: isSince(36),
    /** The script of client credentials is given a `context`. */
    clientCredentialsContext: isSince(37),
  };
};
