/**
 * What is said between the caller's process, the script process and its threads. Between the processes it is JSON, a line
 * each: to the script process by its standard input, from there by a pipe.
 *
 * A script has the rights of its process, so it can write to that pipe. What counts begins with a secret that the main
 * thread of the process was told before there was a script, and that no thread in which scripts run is told.
 */
import type { Readable } from 'node:stream';
import type { IssueOutcome, TestOutcome } from './outcome.ts';

/** What a script process is started for. */
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
  logsRuns: boolean;
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
  | { status: 200; json: string; lost?: string }
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

/** The script's argument as far as it is data. */
export const payloadOf = ({ fields, values }: Job): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, values[field]]));

/** The pipe by which the script process speaks: a file descriptor of its own. */
export const outgoing = 3;

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

const isClaims = (json: unknown): boolean => {
  try {
    const claims: unknown = JSON.parse(json as string);
    return typeof claims === 'object' && claims !== null;
  } catch {
    return false;
  }
};

/** The answer of a thread. A script that has taken its own thread over may have it say anything, which is no answer. */
export const asAnswer = (said: unknown): Answer => {
  const { status, message, json, lost } = Object(said) as Record<string, unknown>;
  const isOne =
    status === 200
      ? isClaims(json) && isText(lost)
      : [400, 403, 422, 500].includes(status as number) && isText(message);
  return isOne ? (said as Answer) : { status: 500 };
};

/** Characters of a line that is still coming in: more is nothing that is said here. */
const maxLength = 2 ** 26;

/**
 * Reads a stream line by line.
 *
 * @param onTooLong - a line does not end: the stream is of no use any more
 */
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

/** @returns nothing for what is no JSON */
export const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
};
