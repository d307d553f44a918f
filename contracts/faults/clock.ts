/**
 * The fake clock of the fault suite: `setTimeout`, `clearTimeout`, `performance.now` and `Date` are fake, sockets are
 * real. It is installed once and stays: undici keeps one timer for all of its timeouts, which would stop if the clock
 * were removed.
 */
import { type Clock, install } from '@sinonjs/fake-timers';

/** The real timers, which end a test that hangs. */
const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;

/** The wall clock time at the start of a test. */
export const wallStart = Date.parse('2026-12-01T12:00:00Z');

/** In milliseconds: the effects of a timer begin at most this long after it fired. */
const step = 10;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets received data reach its readers. */
export const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 5; turns += 1) await turn();
};

export interface FakeClock {
  /** Milliseconds of `performance.now()`; only `advance` moves it. */
  now(): number;
  /** Lets time pass, after all earlier calls have finished. */
  advance(milliseconds: number): Promise<void>;
  /** Lets a long time pass at once: the effects of timers happen at its end. */
  leap(milliseconds: number): Promise<void>;
  /** Sets only the wall clock, as an administrator does. */
  setWall(time: number): void;
  /** Cancels the remaining work of `advance`. */
  stop(): Promise<void>;
}

let installed: Clock | undefined;

/** The fake clock of this process, with the wall clock at `wallStart`. */
export const fakeClock = (): FakeClock => {
  installed ??= install({ now: wallStart, toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  const clock = installed;
  clock.setSystemTime(wallStart);
  const now = (): number => performance.now();
  let queue = Promise.resolve();
  let stopped = false;

  const pass = async (milliseconds: number): Promise<void> => {
    await settle();
    const end = now() + milliseconds;
    while (!stopped && now() < end) {
      clock.tick(Math.min(step, end - now()));
      await turn();
    }
    await settle();
  };

  return {
    now,
    advance: (milliseconds) => {
      queue = queue.then(() => pass(milliseconds));
      return queue;
    },
    leap: async (milliseconds) => {
      await settle();
      clock.tick(milliseconds);
      await settle();
    },
    setWall: (time) => clock.setSystemTime(time),
    stop: () => {
      stopped = true;
      return queue;
    },
  };
};

/** Detects a call that never ends. It uses real time, which only a hanging call spends. */
export interface Watch {
  /** Reports progress. */
  moved(): void;
  /** Resolves after that long without progress, or when it is cancelled. */
  readonly hangs: Promise<{ hangs: true }>;
  giveUp(): void;
  stop(): void;
}

/** A busy machine gives a process few turns: this many pass before a call counts as hanging. */
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
