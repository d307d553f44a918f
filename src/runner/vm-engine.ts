import { Worker } from 'node:worker_threads';
import { entryUrl } from './entry-url.ts';
import type { Answer, Run, Settings } from './protocol.ts';
import { watchPulse } from './pulse.ts';
import { stopped } from './stopped.ts';
import type { FromVmThread, ToVmThread } from './vm-thread.ts';

/** A real server has what V8 gives its process: more, and then it ends. */
const memoryMegabytes = 512;
/** How many scripts run at a time; a script that waits for a `fetch` keeps its thread. */
const maximalThreads = 8;
/** How many threads are kept for the next scripts. */
const maximalIdle = 2;
/** Milliseconds that a thread which has already served may take to begin. */
const timeToStart = 1000;
/** Milliseconds beyond the time-out for which a script may keep its thread from answering before it counts as a loop. */
const timeToLoop = 2000;

interface Thread {
  /** Answers nothing when the thread did not get to the script, and is then over. */
  run(run: Run): Promise<Answer | undefined>;
  close(): void;
  readonly isOver: boolean;
}

const openThread = (settings: Settings): Thread => {
  const worker = new Worker(entryUrl('vm-thread'), {
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  let isOver = false;
  let hasServed = false;
  let onMessage = (_: FromVmThread): void => {};
  let onDeath = (_: string): void => {};
  const close = (): void => {
    isOver = true;
    void worker.terminate();
  };
  worker.on('message', (message: FromVmThread) => onMessage(message));
  let death: string | undefined;
  worker.on('error', (thrown: { code?: unknown } | null) => {
    isOver = true;
    death =
      thrown?.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? `The script needs more than ${memoryMegabytes} MB`
        : 'The script threw what nobody can catch';
  });
  // After the last message, which "error" is not.
  worker.on('exit', (code) => {
    isOver = true;
    onDeath(death ?? `The script ended its process with code ${code}`);
  });
  const say = (message: ToVmThread): void => worker.postMessage(message);

  const run = (run: Run): Promise<Answer | undefined> =>
    new Promise((resolve) => {
      let hasStarted = false;
      let isPatient = true;
      let timer: NodeJS.Timeout | undefined;
      let pulse: { answered: () => void; stop: () => void } | undefined;
      const settle = (answer: Answer | undefined): void => {
        clearTimeout(timer);
        pulse?.stop();
        onMessage = () => {};
        onDeath = () => {};
        resolve(answer);
      };
      const stop = (answer: Answer | undefined): void => {
        close();
        settle(answer);
      };
      const start = (): void => {
        hasStarted = true;
        clearTimeout(timer);
        timer = setTimeout(() => {
          isPatient = false;
        }, settings.patience);
        pulse = watchPulse(
          settings.timeout + timeToLoop,
          () => say({ type: 'ping' }),
          () => stop(stopped('server-hangs', 'The script loops where it has no time limit')),
        );
      };
      onMessage = (message) => {
        pulse?.answered();
        if (message.type === 'started') start();
        if (message.type === 'answer') settle(message.answer);
        // Only a script that lets its thread answer is waiting.
        if (message.type === 'pong' && !isPatient)
          stop(stopped('request-hangs', `The script has not settled in ${settings.patience} ms`));
      };
      onDeath = (what) => settle(hasStarted ? stopped('server-dies', what) : undefined);
      if (hasServed) timer = setTimeout(() => stop(undefined), timeToStart);
      hasServed = true;
      say({ type: 'run', run });
    });

  return {
    run,
    close,
    get isOver() {
      return isOver;
    },
  };
};

/** Runs scripts as releases up to 1.42 do, each for itself, and replaces each thread that a script takes away. */
export const createVmEngine = (settings: Settings): ((run: Run) => Promise<Answer>) => {
  const idle: Thread[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  const keep = (thread: Thread): void => {
    if (idle.length < maximalIdle) idle.push(thread);
    else thread.close();
  };

  const runOnThread = async (run: Run): Promise<Answer> => {
    for (let attempt = 0; attempt <= maximalIdle; attempt += 1) {
      let thread = idle.pop();
      while (thread?.isOver) thread = idle.pop();
      thread ??= openThread(settings);
      const answer = await thread.run(run);
      if (!thread.isOver) keep(thread);
      if (answer !== undefined) return answer;
    }
    throw new Error('no thread for a script could be started');
  };

  return async (run) => {
    if (busy >= maximalThreads) await new Promise<void>((resolve) => waiting.push(resolve));
    busy += 1;
    try {
      return await runOnThread(run);
    } finally {
      busy -= 1;
      waiting.shift()?.();
    }
  };
};
