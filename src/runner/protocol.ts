/** What is said between the caller's process, the script process and its threads. All of it passes through JSON. */
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

export type Question = 'test' | 'issue';

export interface Run {
  question: Question;
  script: string;
  /** The fields of the script's argument, `api` apart, in their order, also those that have no value. */
  fields: string[];
  values: Record<string, unknown>;
}

/** An outcome whose claims are still JSON text. */
export type Answer =
  | { status: 200; json: string; lost?: string }
  | Exclude<TestOutcome | IssueOutcome, { status: 200 }>;

export type ToScriptProcess = { type: 'ping' } | { type: 'run'; id: number; run: Run };
export type FromScriptProcess =
  | { type: 'pong' }
  | { type: 'answer'; id: number; answer: Answer }
  /** Not the script's fault. */
  | { type: 'failed'; id: number; message: string };

/** The script's argument as far as it is data. */
export const payloadOf = ({ fields, values }: Run): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, values[field]]));
