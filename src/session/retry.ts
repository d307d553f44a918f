import { setTimeout as wait } from 'node:timers/promises';
import { LogtoJwtCustomizerError } from '../client/index.ts';
import { ResponseError } from './customizers.ts';
import { LostClaimError, RefusedRunError } from './errors.ts';

/** Milliseconds. Shorter, since a person waits for a run to start. */
export const patienceAtStart = 15_000;

/** Milliseconds. A tenant that restarts, a gateway without a tenant or a rate limit can take minutes. */
const usualPatience = 15 * 60_000;

/** The number of attempts for faults that are probably permanent. */
const attempts = 5;

const passing = new Set([408, 425, 429]);

/** Whether a fault may be temporary: no complete response of the tenant, or a status that is not about the request itself. */
export const mayPass = (fault: unknown): boolean => {
  if (!(fault instanceof ResponseError || fault instanceof LogtoJwtCustomizerError)) return false;
  if (fault instanceof ResponseError && fault.isPage) return true;
  const { status } = fault;
  return status === undefined || status >= 500 || passing.has(status);
};

/**
 * Retries `action` until it succeeds. Each pause is as long as the tenant asks for, but at least 1 s, 2 s, 4 s and so on,
 * up to 16 s.
 *
 * @param patience Milliseconds to wait for temporary faults to pass.
 * @param onWait Called with the fault while waiting, at most once a minute.
 * @throws what `action` threw last
 */
export const outlast = async <T>(
  action: () => Promise<T>,
  patience = usualPatience,
  onWait?: (fault: Error) => void,
): Promise<T> => {
  const end = performance.now() + patience;
  let nextWord = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (error instanceof LostClaimError || error instanceof RefusedRunError) throw error;
      const { retryAfter = 0 } = error as { retryAfter?: number };
      // Read once: on a slow machine, time passes between two lines.
      const now = performance.now();
      // If the tenant asks for a longer pause than `patience`, try once more at its end: giving up leaves the tenant unrestored.
      const asked = Math.min(retryAfter, Math.max(0, end - now - 1));
      const delay = Math.max(500 * 2 ** Math.min(attempt, 5), asked);
      const isLast = mayPass(error) ? now + delay > end : attempt >= attempts;
      if (isLast) throw error;
      if (now >= nextWord && attempt > 1) {
        nextWord = now + 60_000;
        onWait?.(error as Error);
      }
      await wait(delay);
    }
  }
};

/** The message of an error without its advice. */
export const briefly = ({ message }: Error): string => message.replace(/ \(see `cause`\).*$|\.$/s, '');
