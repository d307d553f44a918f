/** Tells when a call will never end. Real time, and only for what hangs: nothing waits for it that ends. */
import { realClearTimeout, realSetTimeout } from './clock.ts';

export interface Watch {
  /** Something moved. */
  moved(): void;
  /** Resolves once nothing has moved for so long, or when it was given up. */
  readonly hangs: Promise<{ hangs: true }>;
  giveUp(): void;
  stop(): void;
}

/** A machine that is busy gives a process few turns: so many it has had when it is said to hang. */
const slices = 10;

/** @param patience - milliseconds */
export const startWatch = (patience: number): Watch => {
  let timer: NodeJS.Timeout | undefined;
  let giveUp = (): void => {};
  const hangs = new Promise<{ hangs: true }>((resolve) => {
    giveUp = () => resolve({ hangs: true });
  });
  const stop = (): void => realClearTimeout(timer);
  const wait = (left: number): void => {
    timer = realSetTimeout(() => (left === 0 ? giveUp() : wait(left - 1)), patience / slices);
  };
  const moved = (): void => {
    stop();
    wait(slices);
  };
  moved();
  return { moved, hangs, giveUp, stop };
};
