import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { answer, denied, type Failure, notAnObject, type Result, toRecord } from './answer.ts';
import { type Answer, type Job, payloadOf, type Settings } from './protocol.ts';
import { drain, type OpenThread, openThread } from './thread.ts';
import type { FromWorkerThread, Outcome, ToWorkerThread } from './worker-thread.ts';

/** The limits of 1.43, from its source: state at top level lives no longer than this. */
const memoryMegabytes = 128;
const idleTime = 30_000;
const maximalRuns = 1000;

/** A worker that lives for one script. */
interface ScriptWorker {
  run(job: Job): Promise<Answer>;
  /** Takes no further run, and ends with the last of those that it has. */
  retire(): void;
}

const failure = (body: Failure['body']): Result => ({ failure: { status: 500, body } });

const resultOf = (outcome: Outcome | null | undefined): Result => {
  switch (outcome?.kind) {
    case 'value': {
      const record = toRecord(outcome.value);
      return record === undefined ? notAnObject : { record };
    }
    case 'denied':
      return { failure: denied(outcome.message) };
    case 'failed':
      return failure({ message: outcome.message, stack: outcome.stack });
    // Of a script that has taken its own thread over.
    default:
      return { broken: true };
  }
};

const deathBy = (thrown: unknown): Result => {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  return failure({
    message: code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'Script execution exceeded the memory limit.' : message,
  });
};

/** A thread without a script yet. */
interface Thread extends OpenThread {
  /** Settles when it can take one. */
  up: Promise<unknown>;
}

const startThread = (): Thread => {
  const thread = openThread('worker-thread', { resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes } });
  return { ...thread, up: once(thread.port, 'message') };
};

/**
 * @param onLast - called once, when the worker takes no further run
 */
const openScriptWorker = (
  { worker, port, up }: Thread,
  script: string,
  settings: Settings,
  onLast: () => void,
): ScriptWorker => {
  const say = (message: ToWorkerThread, ...ports: MessagePort[]): void => port.postMessage(message, ports);
  /** By the port on which the outcome of a run comes. */
  const pending = new Map<MessagePort, (result: Result) => void>();
  let runs = 0;
  let isRetired = false;
  let death: Result | undefined;
  let idle: NodeJS.Timeout | undefined;

  const refuseFurther = (): void => {
    if (!isRetired) onLast();
    isRetired = true;
  };
  const retire = (): void => {
    refuseFurther();
    if (pending.size === 0) void worker.terminate();
  };
  const settle = (reply: MessagePort, result: Result): void => {
    const resolve = pending.get(reply);
    if (resolve === undefined) return;
    pending.delete(reply);
    reply.close();
    resolve(result);
    if (isRetired) retire();
    else if (pending.size === 0) idle = setTimeout(retire, idleTime);
  };
  /** What takes the worker away takes every run that it has. */
  const die = (result: Result): void => {
    refuseFurther();
    void worker.terminate();
    for (const reply of pending.keys()) {
      const [outcome] = drain(reply) as Outcome[];
      settle(reply, outcome === undefined ? result : resultOf(outcome));
    }
  };

  port.on('message', (message: FromWorkerThread) => {
    if (message?.type === 'load-failed') die(resultOf(message.outcome));
  });
  worker.on('error', (thrown: unknown) => {
    death = deathBy(thrown);
    refuseFurther();
  });
  // After the last message, which "error" is not.
  worker.on('exit', (code) =>
    die(death ?? failure({ message: `The script worker exited unexpectedly with code ${code}.` })),
  );
  say({ type: 'load', script });

  return {
    retire,
    async run(job) {
      clearTimeout(idle);
      runs += 1;
      const { port1, port2 } = new MessageChannel();
      const timedOut = failure({ message: `Script execution timed out after ${settings.spokenTimeout}ms.` });
      let deadline: NodeJS.Timeout | undefined;
      // A real server counts the start of the thread, too. That of a busy machine is no fault of the script.
      void up.then(() => {
        if (pending.has(port1)) deadline = setTimeout(() => die(timedOut), settings.timeout);
      });
      const result = new Promise<Result>((resolve) => pending.set(port1, resolve));
      port1.on('message', (outcome: Outcome) => settle(port1, resultOf(outcome)));
      say({ type: 'run', reply: port2, payload: payloadOf(job) }, port2);
      if (runs >= maximalRuns) retire();
      const settled = await result;
      clearTimeout(deadline);
      return answer(job.question, settled, settings.logsRuns);
    },
  };
};

/** From the source of 1.43. */
const maximalWorkers = 4;

/** Runs scripts as releases from 1.43 on do: each in the worker of its text, the last used of which are kept. */
export const createWorkerEngine = (settings: Settings): ((job: Job) => Promise<Answer>) => {
  /** By script, the last used last. */
  const workers = new Map<string, ScriptWorker>();
  /** Starting a thread takes longer than most scripts do, so the next one is started ahead. */
  let spare: Thread | undefined = startThread();

  const open = (script: string): ScriptWorker => {
    const thread = spare ?? startThread();
    spare = undefined;
    const worker = openScriptWorker(thread, script, settings, () => {
      if (workers.get(script) === worker) workers.delete(script);
    });
    const [oldest] = workers.values();
    if (workers.size >= maximalWorkers) oldest?.retire();
    return worker;
  };

  return async (job) => {
    const worker = workers.get(job.script) ?? open(job.script);
    workers.delete(job.script);
    workers.set(job.script, worker);
    const answer = await worker.run(job);
    spare ??= startThread();
    return answer;
  };
};
