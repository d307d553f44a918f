import { afterEach, expect, test, vi } from 'vitest';
import { TimeoutError } from '../client/index.ts';
import { outlast } from './retry.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async (time: number) => waited.push(time) }));
const waited: number[] = [];
afterEach(() => waited.splice(0));

test('a tenant that asks for more time than there is patience is asked once more at its end', async () => {
  const fault = new TimeoutError({ limit: 'attemptTimeout', timeout: 1, retryAfter: 3_600_000 });
  const action = vi.fn(async () => 'done').mockRejectedValueOnce(fault);
  expect(await outlast(action)).toBe('done');
  expect(waited).toEqual([expect.toSatisfy((time) => time > 890_000 && time < 900_000)]);
});
