import { newestRelease } from '../../generated/newest-release.js';

/** The newest release that can be mocked: the one that our document describes. */
export const newest = newestRelease;

/**
 * A release, as `1.42` writes it.
 *
 * @throws {Error} when it is none from 1.28 (that of the vendor's documented page) to the newest
 */
export const checkRelease = (release: string): string => {
  const [, minor = ''] = /^1\.(\d\d)$/.exec(release) ?? [];
  if (Number(minor) >= 28 && Number(minor) <= Number(newest.slice(2))) return release;
  throw new Error(
    `${JSON.stringify(release)} is no release that can be mocked; choose one from 1.28 to ${newest}`,
  );
};
