import { createRunner, type Runner } from '../../src/runner/index.ts';

/** Tenants are made by the hundred, and none of them minds what another's scripts leave behind. */
const runners = new Map<string, Runner>();

/**
 * Runs the scripts of a conforming tenant.
 *
 * @param timeout - in milliseconds, instead of the 3 s or 5 s of which the answer speaks
 */
export const scriptsOf = (release: string, timeout: number): Runner => {
  const key = `${release} ${timeout}`;
  const runner = runners.get(key) ?? createRunner({ release, timeout });
  runners.set(key, runner);
  return runner;
};
