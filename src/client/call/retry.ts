import { LogtoJwtCustomizerError, NetworkError } from '../errors.ts';
import type { Emit } from '../events.ts';
import { type Budget, sleep, type Target } from './budget.ts';

/** No connection came about: as Node and Deno's Node layer say it, then as Bun does. */
const notConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
]);

/** A server, or a proxy in front of it, may be there the next time; from 520 on they are Cloudflare's. */
const passing = /^(?:408|429|50[0234]|52[0-4]|530)$/;

/** The tenant has not seen the request, or has turned it away unread. */
export const isSurelyNotApplied = (fault: LogtoJwtCustomizerError): boolean =>
  fault.status === 429 || (fault instanceof NetworkError && notConnected.has(fault.code ?? ''));

/** What may go better the next time. */
export const isPassing = (fault: LogtoJwtCustomizerError): boolean =>
  fault instanceof NetworkError || passing.test(String(fault.status));

/** What fails before the request itself, such as getting a token for it, has had retries of its own. */
export const isOwnFault = (error: unknown, { method, path }: Target): error is LogtoJwtCustomizerError =>
  error instanceof LogtoJwtCustomizerError && error.method === method && error.path === path;

/** Milliseconds before a retry: full jitter, so that clients that failed together do not come back together. */
const delayBefore = (count: number, fault: LogtoJwtCustomizerError, { policy }: Budget): number => {
  const base = fault.status === 429 ? policy['retry.rateLimitDelay'] : policy['retry.delay'];
  const jitter = Math.random() * Math.min(policy['retry.maxDelay'], base * 2 ** (count - 1));
  return Math.max(jitter, fault.retryAfter ?? 0);
};

/**
 * Runs `attempt` until it succeeds, fails for good, or retries or time run out; then its last fault is thrown. A pause
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
      const isLast = number > budget.policy.maxRetries;
      if (isLast || !isOwnFault(error, target) || !isRetried(error)) throw error;
      const delay = delayBefore(number, error, budget);
      if (delay >= budget.end - performance.now()) throw error;
      const { method, path } = target;
      emit?.({ type: 'retry', method, path, attempt: number, delay, error });
      await sleep(target, budget, delay);
    }
  }
};
