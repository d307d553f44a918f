import { once } from 'node:events';
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { answer, denied, type Failure, notAnObject, type Result, toRecord } from './answer.ts';
import { stopped } from './outcome.ts';
import { type Answer, asAnswer, type Job, openThread, type Settings } from './protocol.ts';
import { watchPulse } from './pulse.ts';
import type { Outcome } from './worker-thread.ts';

/** That of a worker is from the source of 1.43. Up to 1.42 V8 gives a server more, and then ends it. */
const memoryMegabytes = { vm: 512, worker: 128 };
/** From the source of 1.43: state at top level lives no longer than this. */
const idleTime = 30_000;
const maximalRuns = 1000;
const maximalThreads = { vm: 2, worker: 4 };
/** Milliseconds in which a kept thread must respond: its script may loop after its own response. */
const timeToRespond = 1000;
/** How many scripts run at a time up to 1.42; a script that waits for a `fetch` keeps its thread. */
const maximalRunning = 8;
/** Milliseconds beyond the timeout for which a script may keep its thread busy before it counts as a loop. */
const timeToLoop = 2000;

const failure = (body: Failure['body']): Result => ({ failure: { status: 500, body } });

const resultOf = (outcome: Outcome | null | undefined): Result => ({
  ...withoutTrace(outcome),
  trace: outcome?.trace,
});

const withoutTrace = (outcome: Outcome | null | undefined): Result => {
  switch (outcome?.kind) {
    case 'value': {
      const record = toRecord(outcome.value);
      return record === undefined ? notAnObject : { record };
    }
    case 'denied':
      return { failure: denied(outcome.message, outcome.stack) };
    case 'failed':
    case 'not-loaded':
      return failure({ message: outcome.message, stack: outcome.stack });
    // Of a script that has taken over its own thread.
    default:
      return { broken: true };
  }
};

type Ending = Result | Answer;

interface Run {
  settle(ending: Ending): void;
  unwatch?: () => void;
}

/** What ends the runs of a thread that has died, by the error that it died of. */
const deathBy = (engine: Settings['engine'], thrown: unknown): Ending => {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  const isMemory = code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (engine === 'worker')
    return failure({ message: isMemory ? 'Script execution exceeded the memory limit.' : message });
  const needs = `The script needs more than ${memoryMegabytes.vm} MB`;
  return stopped('server-dies', isMemory ? needs : 'The script threw an error that it cannot catch');
};

const startThread = (settings: Settings) => {
  const thread = openThread(`${settings.engine}-thread`, memoryMegabytes[settings.engine], settings);
  return { ...thread, up: once(thread.port, 'message') };
};

/**
 * A thread with its script.
 *
 * @param onLast - called once, when the thread takes no further run
 */
const openScript = (
  { worker, port, up }: ReturnType<typeof startThread>,
  { engine, timeout, spokenTimeout, patience, logsRuns }: Settings,
  onLast: () => void,
) => {
  /** By the port on which the outcome of a run comes, which another script cannot guess. */
  const pending = new Map<MessagePort, Run>();
  let runs = 0;
  let isRetired = false;
  let death: Ending | undefined;
  let idle: NodeJS.Timeout | undefined;

  const refuseFurther = (): void => {
    if (!isRetired) onLast();
    isRetired = true;
  };
  /** Takes no further run, and ends with the last of those that it has. */
  const retire = (): void => {
    refuseFurther();
    if (pending.size === 0) void worker.terminate();
  };
  const settle = (reply: MessagePort, ending: Ending): void => {
    const run = pending.get(reply);
    if (!pending.delete(reply)) return;
    run?.unwatch?.();
    reply.close();
    run?.settle(ending);
    if (isRetired) retire();
    else if (pending.size === 0) idle = setTimeout(retire, idleTime);
  };
  const receive = (reply: MessagePort, message: unknown): void => {
    if ((message as Outcome | null)?.kind === 'not-loaded') refuseFurther();
    settle(reply, engine === 'vm' ? asAnswer(message) : resultOf(message as Outcome));
  };
  /** Ends every run of the thread, but for those whose outcome has come: "exit" does not wait for it. */
  const die = (ending: Ending): void => {
    refuseFurther();
    void worker.terminate();
    for (const reply of pending.keys()) {
      const left = receiveMessageOnPort(reply);
      if (left === undefined) settle(reply, ending);
      else receive(reply, left.message);
    }
  };
  worker.on('error', (thrown: unknown) => {
    death = deathBy(engine, thrown);
    refuseFurther();
  });
  // After the last message, which "error" is not.
  worker.on('exit', (code) => {
    const message = `The script worker exited unexpectedly with code ${code}.`;
    const exited = stopped('server-dies', `The script ended its process with code ${code}`);
    die(death ?? (engine === 'vm' ? exited : failure({ message })));
  });

  const watchWorker = (): (() => void) => {
    const message = `Script execution timed out after ${spokenTimeout}ms.`;
    const deadline = setTimeout(() => die(failure({ message })), timeout);
    return () => clearTimeout(deadline);
  };
  const watchVm = (): (() => void) => {
    const end = performance.now() + patience;
    const pulse = watchPulse(
      timeout + timeToLoop,
      () => port.postMessage('ping'),
      () => die(stopped('server-hangs', 'The script loops where it has no time limit')),
    );
    const onPong = (): void => {
      pulse.answered();
      // Only a script that lets its thread answer is waiting.
      if (performance.now() > end)
        die(stopped('request-hangs', `The script has not settled in ${patience} ms`));
    };
    port.on('message', onPong);
    return () => {
      pulse.stop();
      port.off('message', onPong);
    };
  };

  return {
    retire,
    isRetired: (): boolean => isRetired,
    responds: (): Promise<boolean> =>
      new Promise((resolve) => {
        // Not on `port`, where an earlier pong may still come.
        const { port1: reply, port2 } = new MessageChannel();
        const end = (isThere: boolean): void => {
          clearTimeout(timer);
          reply.close();
          resolve(isThere);
        };
        const timer = setTimeout(() => end(false), timeToRespond);
        reply.once('message', () => end(true));
        port.postMessage({ reply: port2 }, [port2]);
      }),
    run: (job: Job): Promise<Answer> =>
      new Promise((resolve) => {
        clearTimeout(idle);
        runs += 1;
        const { port1: reply, port2 } = new MessageChannel();
        const run: Run = {
          settle: (end) => resolve('status' in end ? end : answer(job.question, end, logsRuns)),
        };
        pending.set(reply, run);
        // A real server counts the start of the thread, too. That of a busy machine is no fault of the script.
        void up.then(() => {
          if (pending.has(reply)) run.unwatch = engine === 'vm' ? watchVm() : watchWorker();
        });
        reply.once('message', (message) => receive(reply, message));
        port.postMessage({ reply: port2, job }, [port2]);
        if (runs >= maximalRuns) retire();
      }),
  };
};

/**
 * Runs each script in a thread of its own, the last used of which are kept. From 1.43 on it has its runs at the same time;
 * before, one after another.
 */
export const createEngine = (settings: Settings): ((job: Job) => Promise<Answer>) => {
  const isVm = settings.engine === 'vm';
  type ScriptThread = ReturnType<typeof openScript>;
  /** By script, the last used last. */
  const threads = new Map<string, ScriptThread>();
  /** Starting a thread takes longer than most scripts do, so the next one is started ahead. */
  let spare: ReturnType<typeof startThread> | undefined = startThread(settings);
  const waiting: (() => void)[] = [];
  let running = 0;

  const open = (script: string): ScriptThread => {
    const started = spare ?? startThread(settings);
    spare = undefined;
    const thread = openScript(started, settings, () => {
      if (threads.get(script) === thread) threads.delete(script);
    });
    return thread;
  };
  const keep = (script: string, thread: ScriptThread): void => {
    threads.delete(script);
    threads.set(script, thread);
    const [oldest] = threads.values();
    if (threads.size > maximalThreads[settings.engine]) oldest?.retire();
  };
  const takeForVm = async (script: string): Promise<ScriptThread> => {
    const known = threads.get(script);
    threads.delete(script);
    if (known !== undefined && (await known.responds())) return known;
    known?.retire();
    return open(script);
  };

  return async (job) => {
    const { script } = job;
    if (isVm && running >= maximalRunning) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    const thread = isVm ? await takeForVm(script) : (threads.get(script) ?? open(script));
    if (!isVm) keep(script, thread);
    const response = await thread.run(job);
    if (isVm && !thread.isRetired()) keep(script, thread);
    spare ??= startThread(settings);
    running -= 1;
    waiting.shift()?.();
    return response;
  };
};
