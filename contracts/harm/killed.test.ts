/** The tenant's customizers are restored (or absent again), no matter how and when a run ends. */
import { describe, expect, test } from 'vitest';
import type { Run } from '../conforming/command.ts';
import {
  afterRequests,
  before,
  few,
  sessionRequests,
  signals,
  useTenant,
  workerOf,
} from './harm.test-helper.ts';

const throwing = new URL('./throw-on-signal.ts', import.meta.url);

const harm = useTenant();
const { start, run, files, stored, startAgain } = harm;

describe('killed at the n-th step, with n increasing until a run completes', () => {
  test.each(signals)(
    '$signal at the n-th request',
    async ({ signal, first, stride }) => {
      let seen = 0;
      let strikeAt = 0;
      let current: Run | undefined;
      await start((_, next) => {
        seen += 1;
        if (seen === strikeAt) current?.child.kill(signal);
        return next();
      });
      for (strikeAt = first; ; strikeAt += stride) {
        seen = 0;
        current = run();
        const { code } = await current.ended;
        const completed = seen < strikeAt;
        if (signal !== 'SIGKILL' || completed) expect(stored(), `request ${strikeAt}`).toBe(before);
        strikeAt *= -1;
        await startAgain();
        strikeAt *= -1;
        expect(stored(), `request ${strikeAt}`).toBe(before);
        expect(files(), `request ${strikeAt}`).toEqual([]);
        if (completed) {
          expect(code).toBe(0);
          break;
        }
      }
      expect(strikeAt).toBeGreaterThan(15);
    },
    600_000,
  );
});

describe('ended during the cases', () => {
  const strike = async (how: (run: Run) => void, preload?: URL) => {
    let current: Run | undefined;
    await start(afterRequests(sessionRequests + 6, () => current && how(current)));
    current = run(few, preload && { preload });
    const { code, output } = await current.ended;
    expect(stored()).toBe(before);
    expect(files()).toEqual([]);
    expect(code).toBe(3);
    return output;
  };

  test.each(['SIGHUP', 'SIGQUIT'] as const)('by %s', async (signal) => {
    const output = await strike(({ child }) => void child.kill(signal));
    expect(output).toContain('Restored the customizers');
  });

  test('by an uncaught exception', async () => {
    const output = await strike(({ child }) => void child.kill('SIGUSR2'), throwing);
    expect(output).toContain('Internal error, please report it (Error: nobody catches this');
  });

  test('because its output is closed, as with | head', async () => {
    const output = await strike(({ child }) => {
      child.stdout?.destroy();
      // The next write detects it.
      child.kill('SIGINT');
    });
    expect(output).toContain('The output cannot be written (EPIPE)');
  });

  test('because the process that runs the cases is killed: the other cases are inconclusive', async () => {
    const output = await strike((ended) => process.kill(workerOf(ended), 'SIGKILL'));
    expect(output).toContain('The process that runs the cases ended unexpectedly.');
  });
});

test('a bug of the suite is not a failed case: it exits with 3', async () => {
  await start();
  // Also in the thread that runs the cases, which does not get the arguments of the process.
  const env = { NODE_OPTIONS: `--import ${new URL('./break-suite.ts', import.meta.url)}` };
  const { code, output } = await run(few, { env }).ended;
  expect(output).toContain('internal error, please report it: TypeError: a mistake of the suite');
  expect(output).toMatch(/^tenant: 0 passed, 0 failed/m);
  expect(stored()).toBe(before);
  expect(code).toBe(3);
});

test('a full disk under its output ends it, and the customizers are restored', async () => {
  await start();
  const { code } = await run(few, { stdout: '/dev/full' }).ended;
  expect(stored()).toBe(before);
  expect(files()).toEqual([]);
  expect(code).toBe(3);
});
