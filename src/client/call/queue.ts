import { AbortError } from '../errors.ts';
import type { Target } from './budget.ts';

/**
 * Runs tasks one after another, in the order of the calls. A task whose signal aborts while it waits fails immediately
 * and never runs.
 */
export const createQueue = () => {
  let last: Promise<void> = Promise.resolve();
  return <T>({ method, path }: Target, signal: AbortSignal | undefined, task: () => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      const onAbort = (): void => reject(new AbortError(method, path, signal?.reason));
      if (signal?.aborted) return onAbort();
      signal?.addEventListener('abort', onAbort);
      last = last.then(async () => {
        signal?.removeEventListener('abort', onAbort);
        if (!signal?.aborted) await task().then(resolve, reject);
      });
    });
};
