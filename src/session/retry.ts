import { setTimeout as wait } from 'node:timers/promises';
import { LogtoJwtCustomizerError } from '../client/index.ts';
import { ResponseError } from './customizers.ts';
import { GiveUpError, RefusedRunError } from './errors.ts';

export interface Patience {
  /**
   * Milliseconds for which a fault that may pass is waited out.
   * @default 15 minutes
   */
  patience?: number;
  /** Told of a fault that is waited out, once a minute at most. */
  onWait?: (fault: Error) => void;
}

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
 * @throws what `action` threw last
 */
export const outlast = async <T>(action: () => Promise<T>, options: Patience = {}): Promise<T> => {
  const { patience = usualPatience, onWait } = options;
  const end = performance.now() + patience;
  let nextWord = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (error instanceof GiveUpError || error instanceof RefusedRunError) throw error;
      const { retryAfter = 0 } = error as { retryAfter?: number };
      // Who asks for longer than there is patience is asked once more at its end: to give up leaves the tenant as it is.
      const asked = Math.min(retryAfter, Math.max(0, end - performance.now() - 1));
      const delay = Math.max(500 * 2 ** Math.min(attempt, 5), asked);
      const isLast = mayPass(error) ? performance.now() + delay > end : attempt >= attempts;
      if (isLast) throw error;
      if (performance.now() >= nextWord && attempt > 1) {
        nextWord = performance.now() + 60_000;
        onWait?.(error as Error);
      }
      await wait(delay);
    }
  }
};

/** What happened, without advice. */
export const briefly = ({ message }: Error): string => message.replace(/ \(see `cause`\).*$|\.$/s, '');
