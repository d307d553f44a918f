import { expect, it } from 'vitest';
import { isBefore } from './release.ts';

it.each([
  ['1.28', '1.29', true],
  ['1.29', '1.29', false],
  ['1.30.1', '1.30', false],
  ['1.9', '1.28', true],
  ['1.100', '1.28', false],
  ['2.0', '1.43', false],
  ['1.50', '2.0', true],
])('%s before %s: %s', (release, since, expected) => {
  expect(isBefore(release, since)).toBe(expected);
});
