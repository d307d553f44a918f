/**
 * The messages between the caller's process, the script process and its threads. Between the processes they are lines of
 * JSON: to the script process by its standard input, from there by a pipe.
 *
 * A script has the rights of its process, so it can write to that pipe. Only lines that begin with a secret count. The main
 * thread of the process receives it before there is a script; the threads in which scripts run do not.
 */
import { extname } from 'node:path';
import type { Readable } from 'node:stream';
import { MessageChannel, type MessagePort, parentPort, Worker } from 'node:worker_threads';
import type { IssueOutcome, TestOutcome } from './outcome.ts';

export interface Settings {
  engine: 'vm' | 'worker';
  /** Milliseconds after which a script is cut off. */
  timeout: number;
  /** Milliseconds of which the answer then speaks. */
  spokenTimeout: number;
  /** Milliseconds that a promise of `node:vm` may take, which has no limit in a real server. */
  patience: number;
  /** Bytes that the process may use. */
  memory: number;
  /** Whether a run's claims are logged, and those that look like secrets masked there. */
  logsRuns: false | 'plain' | 'masked';
}

/** `run` is both of one run, and its trace. */
export type Question = 'test' | 'issue' | 'run';

export interface Job {
  question: Question;
  script: string;
  /** The fields of the script's argument, `api` apart, in their order, also those that have no value. */
  fields: string[];
  values: Record<string, unknown>;
  /** No request is made: `fetch` fails. For the question `run`. */
  offline?: boolean;
}

/** An outcome whose claims are still JSON text. */
export type Answer =
  | { status: 200; json: string; lost?: string; line?: number }
  | Exclude<TestOutcome | IssueOutcome, { status: 200 }>;

/** `start` is the first message, and comes once. */
export type ToScriptProcess =
  | { type: 'start'; secret: string; settings: Settings }
  /** With the runs that are waited for: of one that never came, a script has read the message. */
  | { type: 'ping'; ids: number[] }
  | { type: 'run'; id: number; job: Job };
export type FromScriptProcess =
  | { type: 'pong' }
  | { type: 'answer'; id: number; answer: Answer }
  /** Not the script's fault. */
  | { type: 'failed'; id: number; message: string };

export const payloadOf = ({ fields, values }: Job): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, values[field]]));

/** The pipe by which the script process speaks: a file descriptor of its own. */
export const outgoing = 3;

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

const isClaims = (json: unknown): boolean => {
  const claims = parseLine(json as string);
  return typeof claims === 'object' && claims !== null;
};

/** The response of a thread. A script that has taken over its own thread can make it say anything. */
export const asAnswer = (said: unknown): Answer => {
  const { status, message, json, lost } = Object(said) as Record<string, unknown>;
  const isOne =
    status === 200
      ? isClaims(json) && isText(lost)
      : [400, 403, 422, 500].includes(status as number) && isText(message);
  return isOne ? (said as Answer) : { status: 500 };
};

/** Characters of a line: none of ours is longer. */
const maxLength = 2 ** 26;

/** @param onTooLong - a line does not end: the stream is of no use any more */
export const readLines = (stream: Readable, onLine: (line: string) => void, onTooLong: () => void): void => {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const [first = '', ...others] = chunk.split('\n');
    rest += first;
    for (const next of others) {
      onLine(rest);
      rest = next;
    }
    if (rest.length > maxLength) onTooLong();
  });
};

/** @returns `undefined` for a line that is not JSON */
export const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
};

/** A module beside this one, as the source or as compiled. */
export const entryUrl = (name: string): URL => new URL(`${name}${extname(import.meta.url)}`, import.meta.url);

/** A run for a thread. Only `reply` can carry its outcome: there is no number to guess. */
export interface ToThread {
  reply: MessagePort;
  job: Job;
}

/**
 * A script finds `parentPort` and `workerData` in its thread, and they lead nowhere: the port that counts comes as the
 * first message, before there is a script.
 *
 * @param name - of the module that the thread runs, beside this one
 */
export const openThread = (name: string, megabytes: number, settings: Settings) => {
  const resourceLimits = { maxOldGenerationSizeMb: megabytes };
  const worker = new Worker(entryUrl(name), { resourceLimits });
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
