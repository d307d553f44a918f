/**
 * Threads with a channel of their own. A script finds `parentPort` and `workerData` in its thread, and they lead nowhere:
 * the port that counts comes as the first message, before there is a script.
 */
import { extname } from 'node:path';
import {
  MessageChannel,
  type MessagePort,
  parentPort,
  Worker,
  type WorkerOptions,
} from 'node:worker_threads';
import type { Job, Settings } from './protocol.ts';

/** A module beside this one, as the source or as compiled. */
export const entryUrl = (name: string): URL => new URL(`${name}${extname(import.meta.url)}`, import.meta.url);

/** A run for a thread. Only `reply` can carry its outcome: there is no number to guess. */
export interface ToThread {
  reply: MessagePort;
  job: Job;
}

/**
 * Starts a thread. `port` is this side of its channel.
 *
 * @param name - of the module that the thread runs, beside this one
 * @param settings - what `receivePort` gives it
 */
export const openThread = (name: string, options: WorkerOptions, settings: Settings) => {
  const worker = new Worker(entryUrl(name), options);
  const { port1: port, port2 } = new MessageChannel();
  worker.postMessage({ port: port2, settings }, [port2]);
  return { worker, port };
};

/** To be called by the thread itself, once. */
export const receivePort = (): Promise<{ port: MessagePort; settings: Settings }> =>
  new Promise((resolve) => {
    if (parentPort === null) throw new Error('this is the entry of a worker thread');
    parentPort.once('message', resolve);
  });
