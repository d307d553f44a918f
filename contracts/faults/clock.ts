/**
 * The fake clock of the fault suite: `setTimeout`, `clearTimeout`, `performance.now` and `Date` are fake, sockets are
 * real. It is put in once and stays: undici keeps one timer for all of its own, which would die with a clock that is
 * taken away.
 */
import { type Clock, install } from '@sinonjs/fake-timers';

/** The machine's own: for what ends a test that hangs. */
const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;

/** What the wall clock says when a test begins. */
export const wallStart = Date.parse('2026-12-01T12:00:00Z');

/** In milliseconds: what follows from a timer begins at most so much later than it fired. */
const step = 10;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets what the sockets brought in reach those who wait for it. */
export const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 5; turns += 1) await turn();
};

export interface FakeClock {
  /** Milliseconds, as `performance.now()` says; nothing but `advance` moves it. */
  now(): number;
  /** Lets time pass, after all the time that is already asked for. */
  advance(milliseconds: number): Promise<void>;
  /** Lets a long time pass at once: what follows from a timer happens when all of it is over. */
  leap(milliseconds: number): Promise<void>;
  /** Sets the wall clock alone, as an administrator does. */
  setWall(time: number): void;
  /** Ends all that `advance` still has to do. */
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

/** Tells when a call will never end. Real time, and only for what hangs: nothing waits for it that ends. */
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
