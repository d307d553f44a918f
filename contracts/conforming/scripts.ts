import '../../src/runner/compile-cache.test-helper.ts';
import { createRunner, type Runner } from '../../src/runner/index.ts';
import type { RunScript } from '../../src/tenant/index.ts';

/** Tenants are made by the hundred, and none of them minds what another's scripts leave behind. */
const runners = new Map<string, Runner>();

/**
 * Runs the scripts of `POST /test`.
 *
 * @param timeout - in milliseconds, instead of the 3 s or 5 s of which the answer speaks
 */
export const createRunScript = (release: string, timeout: number): RunScript => {
  const key = `${release} ${timeout}`;
  const runner = runners.get(key) ?? createRunner({ release, timeout });
  runners.set(key, runner);
  return (request) => runner.test(request);
};
