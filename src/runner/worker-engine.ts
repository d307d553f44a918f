import type { Answer, Run, Settings } from './protocol.ts';
import { openScriptWorker, type ScriptWorker, startThread, type Thread } from './script-worker.ts';

/** From the source of 1.43. */
const maximalWorkers = 4;

/** Runs scripts as releases from 1.43 on do: each in the worker of its text, the last used of which are kept. */
export const createWorkerEngine = (settings: Settings): ((run: Run) => Promise<Answer>) => {
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

  return async (run) => {
    const worker = workers.get(run.script) ?? open(run.script);
    workers.delete(run.script);
    workers.set(run.script, worker);
    const answer = await worker.run(run);
    spare ??= startThread();
    return answer;
  };
};
