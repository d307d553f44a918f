import { expect, test } from 'vitest';
import { durationOf } from './session.ts';

test('how long a run takes is told by the middle one of the requests, without those that make the connection', () => {
  expect(durationOf([900, 340, 9, 340, 8], 200)).toBe('about 11 s');
  expect(durationOf([900, 340, 9], 0)).toBe('about 1 s');
});
