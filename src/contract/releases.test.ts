import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { releaseOf } from './releases.ts';

const swagger = (release: string): unknown =>
  JSON.parse(
    readFileSync(
      new URL(`../../contracts/recordings/logto-${release}.openapi.json`, import.meta.url),
      'utf8',
    ),
  );

describe("a tenant's release, read off its own document", () => {
  test.each([
    ['1.28', 'from 1.28, before 1.29', ['1.29', '1.30', '1.37', '1.39', '1.41', '1.43'], []],
    ['1.42', 'from 1.42, before 1.43', ['1.43'], ['1.29', '1.30', '1.37', '1.39', '1.41', '1.42']],
    ['1.43', '1.43 or later', [], ['1.29', '1.30', '1.37', '1.39', '1.41', '1.43']],
  ])('%s', (recorded, name, hasNot, has) => {
    const release = releaseOf(swagger(recorded));
    expect(release.name).toBe(name);
    for (const later of hasNot) expect(release.has(later), later).toBe(false);
    for (const earlier of has) expect(release.has(earlier), earlier).toBe(true);
  });

  test('a document without customizers is no tenant of 1.28 or later', () => {
    expect(() => releaseOf({ paths: {} })).toThrow('is this a Logto tenant of 1.28 or later?');
  });

  test('a case cannot ask for a release that brought nothing', () => {
    expect(() => releaseOf(swagger('1.43')).has('1.33')).toThrow(
      'no field of the document came with release 1.33',
    );
  });
});
