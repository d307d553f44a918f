import { setTimeout as wait } from 'node:timers/promises';
import { LogtoJwtCustomizerError } from '../client/index.ts';
import { ResponseError } from './customizers.ts';
import { LostClaimError, RefusedRunError } from './errors.ts';

/** Who starts a run waits for it. */
export const patienceAtStart = 15_000;

/** A tenant that restarts, a gateway without one behind it, a limit of requests: minutes at times. */
const usualPatience = 15 * 60_000;

/** How often what will hardly pass is tried. */
const attempts = 5;

const passing = new Set([408, 425, 429]);

/** Whether it may pass: no whole response of the tenant's own, or a status that speaks of now and not of the request. */
export const mayPass = (fault: unknown): boolean => {
  if (!(fault instanceof ResponseError || fault instanceof LogtoJwtCustomizerError)) return false;
  if (fault instanceof ResponseError && fault.isPage) return true;
  const { status } = fault;
  return status === undefined || status >= 500 || passing.has(status);
};

/**
 * Tries until it succeeds. Between two attempts it waits as long as the tenant asks for, at least 1 s, 2 s, 4 s and so on
 * up to 16 s.
 *
 * @param patience Milliseconds for which a fault that may pass is waited out.
 * @param onWait Told of a fault that is waited out, once a minute at most.
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
      // Read once: on a slow machine time passes between two lines.
      const now = performance.now();
      // Who asks for longer than there is patience is asked once more at its end: to give up leaves the tenant as it is.
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

/** What happened, without advice. */
export const briefly = ({ message }: Error): string => message.replace(/ \(see `cause`\).*$|\.$/s, '');
