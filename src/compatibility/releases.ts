import { compatibility } from '../../generated/compatibility.js';
import { isBefore } from '../tenant/release.ts';

const withoutPatch = (release: string): string => release.split('.').slice(0, 2).join('.');

/** The oldest release that anything is known of, `1.28`. */
export const oldestRelease: string = withoutPatch(compatibility.releases.at(0)?.release ?? '');

/**
 * @throws {RangeError} for text that names no release, and for one that is older than the oldest that is known
 */
export const checkRelease = (release: string): void => {
  if (!/^\d+\.\d+(\.\d+)?$/.test(release))
    throw new RangeError(
      `${JSON.stringify(release)} is no release of Logto: give it as in "1.42" or "1.42.0"`,
    );
  if (isBefore(release, oldestRelease))
    throw new RangeError(
      `nothing is known of Logto ${release}: ${oldestRelease} is the oldest release that was recorded`,
    );
};
