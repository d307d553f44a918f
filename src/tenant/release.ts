const parse = (release: string): [major: number, minor: number] => {
  const [, major, minor] = /^(\d+)\.(\d+)(\.\d+)?$/.exec(release) ?? [];
  if (major === undefined || minor === undefined)
    throw new Error(`"${release}" is no release of Logto: give it as in "1.42"`);
  return [Number(major), Number(minor)];
};

/**
 * Whether a release of Logto does not have yet what came with another. Patch versions do not count.
 *
 * @throws {Error} when one of them is not written as in `1.42`.
 */
export const isBefore = (release: string, since: string): boolean => {
  const [[major, minor], [sinceMajor, sinceMinor]] = [parse(release), parse(since)];
  return major < sinceMajor || (major === sinceMajor && minor < sinceMinor);
};
