/** The tenant's customizers are restored, no matter what happens during a file operation of the backup. */
import { describe, expect, test } from 'vitest';
import { isNightly } from '../nightly.ts';
import { before, few, signals, useTenant } from './harm.test-helper.ts';

const faults = new URL('../conforming/file-fault.ts', import.meta.url);

const harm = useTenant();
const { start, run, files, stored, startAgain } = harm;

describe('killed at the n-th step, with n increasing until a run completes', () => {
  test.each(signals)(
    '$signal at the n-th file operation',
    async ({ signal, first, stride }) => {
      await start();
      for (let at: number = first; ; at += stride) {
        const { code, output } = await run(few, {
          preload: faults,
          env: { FAULT: signal, FAULT_AT: String(at) },
        }).ended;
        await startAgain();
        expect(stored(), `operation ${at}`).toBe(before);
        const left = files().filter((name) => !name.endsWith('.tmp'));
        expect(left, `operation ${at}`).toEqual([]);
        const operations = Number(/file operations: (\d+)/.exec(output)?.[1] ?? Number.POSITIVE_INFINITY);
        if (code === 0 && operations < at) {
          expect(at).toBeGreaterThan(10);
          break;
        }
      }
    },
    600_000,
  );
});

describe('the disk is full', () => {
  test('at any file operation before the first write: nothing is written to the tenant', async () => {
    await start();
    let refused = 0;
    for (let at = 1; at < 40; at += isNightly ? 1 : 4) {
      const counts = { ...harm.served.counts };
      const { code } = await run(few, { preload: faults, env: { FAULT: 'ENOSPC', FAULT_AT: String(at) } })
        .ended;
      const wrote = harm.served.counts.put - counts.put + harm.served.counts.delete - counts.delete > 0;
      if (!wrote && code !== 0) refused += 1;
      expect(stored(), `operation ${at}`).toBe(before);
      if (code === 0) break;
    }
    expect(refused).toBeGreaterThan(isNightly ? 5 : 1);
  }, 300_000);
});
