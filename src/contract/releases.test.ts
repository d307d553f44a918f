import { describe, expect, test } from 'vitest';
import { compatibility } from '../../generated/compatibility.js';
import { readDocument, recordedReleases } from './recordings/index.ts';
import { releaseOf } from './releases.ts';

const swagger = (release: string): unknown => JSON.parse(readDocument(release));
const minor = (release: string): number => Number(release.split('.')[1]);

/** The releases that added a field or value of an access-token customizer, oldest first. */
const brought = [
  ...new Set(
    compatibility.bodies
      .filter(({ tokenType, body }) => tokenType === 'access-token' && body === 'customizer')
      .flatMap(({ fields, values }) => [fields, ...Object.values(values)].flatMap(Object.values))
      .flatMap((verdicts) => (typeof verdicts === 'string' ? [] : Object.keys(verdicts).slice(1))),
  ),
].sort((a, b) => minor(a) - minor(b));

describe("a tenant's release, read off its own document", () => {
  test.each(recordedReleases)('%s', (recorded) => {
    const release = releaseOf(swagger(recorded));
    const has = brought.filter((since) => minor(since) <= minor(recorded));
    const hasNot = brought.filter((since) => minor(since) > minor(recorded));
    const last = has.at(-1) ?? '1.28';
    expect(release.name).toBe(
      hasNot[0] === undefined ? `${last} or later` : `from ${last}, before ${hasNot[0]}`,
    );
    for (const later of hasNot) expect(release.has(later), later).toBe(false);
    for (const earlier of has) expect(release.has(earlier), earlier).toBe(true);
  });

  test('a document without customizers is not from a tenant of 1.28 or later', () => {
    expect(() => releaseOf({ paths: {} })).toThrow('is this a Logto tenant of 1.28 or later?');
  });

  test('a case cannot require a release that added no fields', () => {
    expect(() => releaseOf(swagger('1.43')).has('1.33')).toThrow(
      'no field of the document was added in release 1.33',
    );
  });
});
