const parse = (release: string): [major: number, minor: number] => {
  const [, major, minor] = /^(\d+)\.(\d+)(\.\d+)?$/.exec(release) ?? [];
  if (major === undefined || minor === undefined)
    throw new RangeError(`"${release}" is not a release of Logto: write it as "1.42" or "1.42.0"`);
  return [Number(major), Number(minor)];
};

/**
 * Whether a release of Logto does not have yet what came with another. Patch versions do not count.
 *
 * @throws {RangeError} when one of them is not written as in `1.42`.
 */
export const isBefore = (release: string, since: string): boolean => {
  const [[major, minor], [sinceMajor, sinceMinor]] = [parse(release), parse(since)];
  return major < sinceMajor || (major === sinceMajor && minor < sinceMinor);
};

/**
 * In what the releases differ, as far as running a script goes. The engines and limits are recorded
 * (`contracts/recordings/scripts-*.jsonl`), and so is what 1.28 does not log or give; since when it does is from Logto's
 * changes (1.36 and 1.37).
 *
 * @throws {RangeError} when `release` is not written as in `1.42`.
 */
export const rulesOf = (release: string) => ({
  /** `node:vm` with `fetch` and `console` alone, or a worker with Node's globals. */
  engine: isBefore(release, '1.43') ? ('vm' as const) : ('worker' as const),
  /** Milliseconds, as in the message of a timeout. */
  timeout: isBefore(release, '1.43') ? 3000 : 5000,
  /** A run's claims or error are logged: what the log cannot hold fails the token request. */
  logsRuns: isBefore(release, '1.36')
    ? (false as const)
    : isBefore(release, '1.42')
      ? ('plain' as const)
      : ('masked' as const),
  /** The script of client credentials is given a `context`. */
  clientCredentialsContext: !isBefore(release, '1.37'),
});
