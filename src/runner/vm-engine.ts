import { stopped } from './outcome.ts';
import { type Answer, asAnswer, type Job, type Settings } from './protocol.ts';
import { watchPulse } from './pulse.ts';
import { drain, openThread } from './thread.ts';
import type { FromVmThread, ToVmThread } from './vm-thread.ts';

/** A real server has what V8 gives its process: more, and then it ends. */
const memoryMegabytes = 512;
/** How many scripts run at a time; a script that waits for a `fetch` keeps its thread. */
const maximalThreads = 8;
/** How many threads are kept for further runs of their scripts. */
const maximalIdle = 2;
/** Milliseconds that a thread which has already served may take to begin. */
const timeToStart = 1000;
/** Milliseconds beyond the time-out for which a script may keep its thread from answering before it counts as a loop. */
const timeToLoop = 2000;

/** A thread is kept for the script that it ran first: a script can leave something behind that speaks for the next. */
interface Thread {
  /** Answers nothing when the thread did not get to the script, and is then over. */
  run(job: Job): Promise<Answer | undefined>;
  close(): void;
  readonly isOver: boolean;
}

const startThread = (settings: Settings): Thread => {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMegabytes };
  const { worker, port } = openThread('vm-thread', { resourceLimits }, settings);
  let isOver = false;
  let hasServed = false;
  let onMessage = (_: FromVmThread): void => {};
  let onDeath = (_: string): void => {};
  const close = (): void => {
    isOver = true;
    void worker.terminate();
  };
  port.on('message', (message: FromVmThread) => onMessage(message));
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
    for (const message of drain(port)) onMessage(message as FromVmThread);
    onDeath(death ?? `The script ended its process with code ${code}`);
  });
  const say = (message: ToVmThread): void => port.postMessage(message);

  const run = (job: Job): Promise<Answer | undefined> =>
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
        if (message?.type === 'started') start();
        if (message?.type === 'answer') settle(asAnswer(message.answer));
        // Only a script that lets its thread answer is waiting.
        if (message?.type === 'pong' && !isPatient)
          stop(stopped('request-hangs', `The script has not settled in ${settings.patience} ms`));
      };
      onDeath = (what) => settle(hasStarted ? stopped('server-dies', what) : undefined);
      if (hasServed) timer = setTimeout(() => stop(undefined), timeToStart);
      hasServed = true;
      say({ type: 'run', job });
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
export const createVmEngine = (settings: Settings): ((job: Job) => Promise<Answer>) => {
  /** The last used last. */
  let idle: { script: string; thread: Thread }[] = [];
  /** Starting a thread takes longer than most scripts do, so the next one is started ahead. */
  let spare: Thread | undefined = startThread(settings);
  const waiting: (() => void)[] = [];
  let busy = 0;

  const take = (script: string): Thread => {
    idle = idle.filter(({ thread }) => !thread.isOver);
    const known = idle.find((one) => one.script === script);
    idle = idle.filter((one) => one !== known);
    if (known !== undefined) return known.thread;
    const thread = spare === undefined || spare.isOver ? startThread(settings) : spare;
    spare = undefined;
    return thread;
  };
  const keep = (script: string, thread: Thread): void => {
    idle.push({ script, thread });
    if (idle.length > maximalIdle) idle.shift()?.thread.close();
  };

  const runOnThread = async (job: Job): Promise<Answer> => {
    for (let attempt = 0; attempt <= maximalIdle; attempt += 1) {
      const thread = take(job.script);
      const answer = await thread.run(job);
      spare ??= startThread(settings);
      if (!thread.isOver) keep(job.script, thread);
      if (answer !== undefined) return answer;
    }
    throw new Error('no thread for a script could be started');
  };

  return async (job) => {
    if (busy >= maximalThreads) await new Promise<void>((resolve) => waiting.push(resolve));
    busy += 1;
    try {
      return await runOnThread(job);
    } finally {
      busy -= 1;
      waiting.shift()?.();
    }
  };
};
