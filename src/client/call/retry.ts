import { LogtoJwtCustomizerError, NetworkError } from '../errors.ts';
import type { Emit } from '../events.ts';
import { type Budget, sleep, type Target } from './budget.ts';

/** The codes of a connection that was never made: first those of Node and Deno's Node layer, then Bun's. */
const notConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
]);

/** The statuses of a server, or a proxy in front of it, that may be available the next time; from 520 on, Cloudflare's. */
const passing = /^(?:408|429|50[0234]|52[0-4]|530)$/;

/** The tenant did not receive the request, or refused it without reading it. */
export const isSurelyNotApplied = (fault: LogtoJwtCustomizerError): boolean =>
  fault.status === 429 || (fault instanceof NetworkError && notConnected.has(fault.code ?? ''));

/** Faults after which a retry can succeed. */
export const isPassing = (fault: LogtoJwtCustomizerError): boolean =>
  fault instanceof NetworkError || passing.test(String(fault.status));

/** What fails before the request itself, such as its token request, has its own retries. */
export const isOwnFault = (error: unknown, { method, path }: Target): error is LogtoJwtCustomizerError =>
  error instanceof LogtoJwtCustomizerError && error.method === method && error.path === path;

/** Milliseconds before a retry: full jitter, so that clients that failed at the same time do not retry at the same time. */
const delayBefore = (count: number, fault: LogtoJwtCustomizerError, { policy }: Budget): number => {
  const base = fault.status === 429 ? policy['retry.rateLimitDelay'] : policy['retry.delay'];
  const jitter = Math.random() * Math.min(policy['retry.maxDelay'], base * 2 ** (count - 1));
  return Math.max(jitter, fault.retryAfter ?? 0);
};

/**
 * Runs `attempt` until it succeeds. Throws its fault if a retry cannot help, or if no retries or time are left. A pause
 * that would exceed the remaining time is not started.
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
