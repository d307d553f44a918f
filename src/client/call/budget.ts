import { AbortError, TimeoutError } from '../errors.ts';
import type { Exchanged } from '../events.ts';
import type { Policy } from '../policy.ts';

/** A request, as errors and events show it. */
export type Target = Exchanged;

export interface Budget {
  readonly policy: Policy;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds of the monotonic clock, `performance.now()`, which ignores changes of the system's clock. */
  readonly end: number;
}

export const startBudget = (policy: Policy, signal: AbortSignal | undefined): Budget => ({
  policy,
  signal,
  end: performance.now() + policy.totalTimeout,
});

/** A longer timer would fire immediately. */
const longestTimer = 2 ** 31 - 1;

/**
 * Runs `task` with a signal that aborts when `limit` or the whole budget is used up, or when the caller's signal aborts.
 * The promise then rejects even if the task ignores the signal.
 *
 * @throws TimeoutError, AbortError
 */
export const within = <T>(
  { method, path }: Target,
  { policy, signal, end }: Budget,
  limit: TimeoutError['limit'],
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const controller = new AbortController();
    const rest = end - performance.now();
    const reached = rest < policy[limit] ? 'totalTimeout' : limit;
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const stop = (error: Error): void => {
      settle();
      reject(error);
      controller.abort(error);
    };
    const onTime = (): void =>
      stop(new TimeoutError({ method, path, limit: reached, timeout: policy[reached] }));
    const onAbort = (): void => stop(new AbortError(method, path, signal?.reason));
    const timer = setTimeout(onTime, Math.min(rest, policy[limit], longestTimer));
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted) return onAbort();
    if (rest <= 0) return onTime();
    task(controller.signal).then(resolve, reject).then(settle);
  });

export const sleep = (target: Target, budget: Budget, milliseconds: number): Promise<void> =>
  within(
    target,
    budget,
    'totalTimeout',
    (signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener('abort', () => clearTimeout(timer));
      }),
  );
