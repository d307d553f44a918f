import { expect, test } from 'vitest';
import { durationOf } from './session.ts';

test('the duration of a run is estimated from the median request, without those that make the connection', () => {
  expect(durationOf([900, 340, 9, 340, 8], 200)).toBe('about 11 s');
  expect(durationOf([900, 340, 9], 0)).toBe('about 1 s');
});
