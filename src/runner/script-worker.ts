import { Worker } from 'node:worker_threads';
import { answer, denied, type Failure, notAnObject, type Result } from './answer.ts';
import { entryUrl } from './entry-url.ts';
import { type Answer, payloadOf, type Run, type Settings } from './protocol.ts';
import { toRecord } from './record.ts';
import type { FromWorkerThread, Outcome, ToWorkerThread } from './worker-thread.ts';

/** The limits of 1.43, from its source: state at top level lives no longer than this. */
const memoryMegabytes = 128;
const idleTime = 30_000;
const maximalRuns = 1000;

/** A worker that lives for one script. */
export interface ScriptWorker {
  run(run: Run): Promise<Answer>;
  /** Takes no further run, and ends with the last of those that it has. */
  retire(): void;
}

const failure = (body: Failure['body']): Result => ({ failure: { status: 500, body } });

const resultOf = (outcome: Outcome): Result => {
  switch (outcome.kind) {
    case 'value': {
      const record = toRecord(outcome.value);
      return record === undefined ? notAnObject : { record };
    }
    case 'denied':
      return { failure: denied(outcome.message) };
    case 'failed':
      return failure({ message: outcome.message, stack: outcome.stack });
  }
};

const deathBy = (thrown: unknown): Result => {
  const { code, message } = (thrown ?? {}) as { code?: unknown; message?: unknown };
  return failure({
    message: code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'Script execution exceeded the memory limit.' : message,
  });
};

/** A thread without a script yet. */
export interface Thread {
  worker: Worker;
  /** Settles when it can take one. */
  up: Promise<unknown>;
}

export const startThread = (): Thread => {
  const worker = new Worker(entryUrl('worker-thread'), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  return { worker, up: new Promise((resolve) => worker.once('message', resolve)) };
};

/**
 * @param onLast - called once, when the worker takes no further run
 */
export const openScriptWorker = (
  { worker, up }: Thread,
  script: string,
  settings: Settings,
  onLast: () => void,
): ScriptWorker => {
  const say = (message: ToWorkerThread): void => worker.postMessage(message);
  const pending = new Map<number, (result: Result) => void>();
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
  const settle = (id: number, result: Result): void => {
    const resolve = pending.get(id);
    if (resolve === undefined) return;
    pending.delete(id);
    resolve(result);
    if (isRetired) retire();
    else if (pending.size === 0) idle = setTimeout(retire, idleTime);
  };
  /** What takes the worker away takes every run that it has. */
  const die = (result: Result): void => {
    refuseFurther();
    void worker.terminate();
    for (const id of pending.keys()) settle(id, result);
  };

  worker.on('message', (message: FromWorkerThread) => {
    if (message.type === 'load-failed') die(resultOf(message.outcome));
    if (message.type === 'outcome') settle(message.id, resultOf(message.outcome));
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
    async run(run) {
      clearTimeout(idle);
      runs += 1;
      const id = runs;
      const timedOut = failure({ message: `Script execution timed out after ${settings.spokenTimeout}ms.` });
      let deadline: NodeJS.Timeout | undefined;
      // A real server counts the start of the thread, too. That of a busy machine is no fault of the script.
      void up.then(() => {
        if (pending.has(id)) deadline = setTimeout(() => die(timedOut), settings.timeout);
      });
      const result = new Promise<Result>((resolve) => pending.set(id, resolve));
      say({ type: 'run', id, payload: payloadOf(run) });
      if (runs >= maximalRuns) retire();
      const settled = await result;
      clearTimeout(deadline);
      return answer(run.question, settled, settings.logsRuns);
    },
  };
};
