import { afterEach, expect, test, vi } from 'vitest';
import { TimeoutError } from '../client/index.ts';
import { outlast } from './retry.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async (time: number) => waited.push(time) }));
const waited: number[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  waited.splice(0);
});

test('if the tenant asks for a longer pause than the patience, there is one more attempt at its end', async () => {
  const fault = new TimeoutError({ limit: 'attemptTimeout', timeout: 1, retryAfter: 3_600_000 });
  const action = vi.fn(async () => 'done').mockRejectedValueOnce(fault);
  expect(await outlast(action)).toBe('done');
  expect(waited).toEqual([expect.toSatisfy((time) => time > 890_000 && time < 900_000)]);
});

test('the last attempt is also made on a machine that is slow between two lines', async () => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 50;
    return now;
  });
  const fault = new TimeoutError({ limit: 'attemptTimeout', timeout: 1, retryAfter: 3_600_000 });
  const action = vi.fn(async () => 'done').mockRejectedValueOnce(fault);
  expect(await outlast(action)).toBe('done');
});
