/**
 * Threads with a channel of their own. A script finds `parentPort` and `workerData` in its thread, and they lead nowhere:
 * the port that counts comes as the first message, before there is a script.
 */
import { extname } from 'node:path';
import {
  MessageChannel,
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  Worker,
  type WorkerOptions,
} from 'node:worker_threads';

/** A module beside this one, as the source or as compiled. */
export const entryUrl = (name: string): URL => new URL(`${name}${extname(import.meta.url)}`, import.meta.url);

/** A thread, and this side of its channel. */
export interface OpenThread {
  worker: Worker;
  port: MessagePort;
}

/**
 * @param name - of the module that the thread runs, beside this one
 * @param settings - what `receivePort` gives it
 */
export const openThread = (name: string, options: WorkerOptions, settings?: object): OpenThread => {
  const worker = new Worker(entryUrl(name), options);
  const { port1: port, port2 } = new MessageChannel();
  worker.postMessage({ port: port2, settings }, [port2]);
  return { worker, port };
};

/** To be called by the thread itself, once. */
export const receivePort = (): Promise<{ port: MessagePort; settings: unknown }> =>
  new Promise((resolve) => {
    if (parentPort === null) throw new Error('this is the entry of a worker thread');
    parentPort.once('message', resolve);
  });

/** The messages that a thread sent before it ended: "exit" does not wait for those of a port. */
export const drain = (port: MessagePort): unknown[] => {
  const messages: unknown[] = [];
  for (let left = receiveMessageOnPort(port); left !== undefined; left = receiveMessageOnPort(port))
    messages.push(left.message);
  return messages;
};
