/** Tells when nothing moves any more. Real time, and only for what hangs: nothing waits for it that ends. */
import { realClearTimeout, realSetTimeout } from './clock.ts';

export interface Watch {
  /** Something moved. */
  moved(): void;
  /** Resolves once nothing has moved for so long. */
  readonly still: Promise<{ hangs: true }>;
  stop(): void;
}

/** @param patience - milliseconds */
export const startWatch = (patience: number): Watch => {
  let timer: NodeJS.Timeout | undefined;
  let end: (still: { hangs: true }) => void = () => {};
  const still = new Promise<{ hangs: true }>((resolve) => {
    end = resolve;
  });
  const stop = (): void => realClearTimeout(timer);
  const moved = (): void => {
    stop();
    timer = realSetTimeout(() => end({ hangs: true }), patience);
  };
  moved();
  return { moved, still, stop };
};
