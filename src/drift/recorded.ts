import { readDocument, recordedReleases } from '../contract/recordings/index.ts';
import { rangeOf } from '../contract/releases.ts';
import { isBefore } from '../tenant/release.ts';
import type { Source } from './normalize.ts';

/**
 * What the vendor's own document said in a release: as recorded of it, else of the releases before and after.
 *
 * @param named As in `1.42`; unless it is given, the document shows its release.
 */
export const recordedFor = (document: unknown, named?: string): Source[] => {
  const next = named?.replace(/\.(\d+).*/, (_, minor) => `.${Number(minor) + 1}`);
  const { from, before } = named === undefined ? rangeOf(document) : { from: named, before: next };
  const isLater = (release: string): boolean => before !== undefined && !isBefore(release, before);
  const own = recordedReleases.findLast((release) => !isBefore(release, from) && !isLater(release));
  const around = [recordedReleases.find(isLater), recordedReleases.findLast((one) => isBefore(one, from))];
  return (own === undefined ? around : [own])
    .filter((release) => release !== undefined)
    .map((release) => ({ name: `Logto ${release}`, document: JSON.parse(readDocument(release)) }));
};
