import { LogtoJwtCustomizerError } from '../errors/base.ts';
import type { Emit } from '../events.ts';
import { type Budget, sleep, type Target } from './budget.ts';

/** Milliseconds before the next attempt: full jitter, so that clients that failed together do not come back together. */
const delayAfter = (attempt: number, fault: LogtoJwtCustomizerError, { policy }: Budget): number => {
  const base = fault.status === 429 ? policy.rateLimitDelay : policy.retryDelay;
  const jitter = Math.random() * Math.min(policy.maxRetryDelay, base * 2 ** (attempt - 1));
  return Math.max(jitter, fault.retryAfter ?? 0);
};

/**
 * Runs `attempt` until it succeeds, fails for good, or attempts or time run out; then its last fault is thrown. A wait
 * that does not fit what is left of the budget is not begun.
 */
export const retry = async <T>(
  target: Target,
  budget: Budget,
  emit: Emit | undefined,
  isRetried: (fault: LogtoJwtCustomizerError) => boolean,
  attempt: (number: number) => Promise<T>,
): Promise<T> => {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      if (!(error instanceof LogtoJwtCustomizerError)) throw error;
      const { method, path } = target;
      // What fails before the request itself, such as getting a token for it, has had attempts of its own.
      const isOwn = error.method === method && error.path === path;
      if (!isOwn || number >= budget.policy.attempts || !isRetried(error)) throw error;
      const delay = delayAfter(number, error, budget);
      if (delay >= budget.left()) throw error;
      emit?.({ type: 'retry', method, path, attempt: number, delay, error });
      await sleep(target, budget, delay);
    }
  }
};
