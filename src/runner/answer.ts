import type { Answer, Question, Settings } from './protocol.ts';
import type { Trace } from './trace.ts';

/**
 * As a tenant's guard, of zod 3, takes the result of a script for an object. Of another realm (`node:vm`), a Map, Set or Date
 * passes for an object like any other.
 */
const isRecord = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { then, catch: catches } = value as { then?: unknown; catch?: unknown };
  if (typeof then === 'function' && typeof catches === 'function') return false;
  return !(value instanceof Map || value instanceof Set || value instanceof Date);
};

/** A plain object with the enumerable properties of a script's result, inherited ones too, but for `__proto__`. */
export const toRecord = (result: unknown): Record<string, unknown> | undefined => {
  if (!isRecord(result)) return undefined;
  const record: Record<string, unknown> = {};
  for (const key in result) if (key !== '__proto__') record[key] = result[key];
  return record;
};

/** How deep a tenant's guard, which calls itself for each level, gets before its stack is exhausted. */
const guardDepth = 1000;

/** @throws {TypeError} at what JSON does not have; Infinity passes. */
const toJsonValue = (value: unknown, depth: number): unknown => {
  if (depth > guardDepth) throw new TypeError('nested too deep');
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  if (Array.isArray(value)) return [...value].map((item) => toJsonValue(item, depth + 1));
  const record = toRecord(value);
  if (record === undefined) throw new TypeError('no JSON');
  return toJsonRecord(record, depth + 1);
};

export const toJsonRecord = (record: Record<string, unknown>, depth = 0): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, toJsonValue(value, depth)]));

/** The error response by which a tenant's own code reports that a script failed. */
export interface Failure {
  status: number;
  body: { message: unknown; stack?: unknown; error?: { code: string; message: unknown } };
}

/** What came of a script before `/test` or a token makes something of it. */
export type Result = { trace?: Trace | undefined } & (
  | { record: Record<string, unknown> }
  | { failure: Failure }
  /** The tenant's own code threw what it does not expect. */
  | { broken: true }
);

export const denied = (message: unknown, stack?: unknown): Failure => ({
  status: 403,
  body: { message, stack, error: { code: 'AccessDenied', message } },
});

export const notAnObject: Result = { failure: { status: 400, body: { message: 'Invalid input' } } };

/** @throws {TypeError} when JSON cannot hold the body, which is how far the failure travels as text. */
const read = ({ status, body }: Failure) => {
  const { message, error } = JSON.parse(JSON.stringify(body)) as Failure['body'];
  if (typeof message !== 'string')
    return { kind: 'unreadable', message: `Response error ${status}: ` } as const;
  const isDenied = error?.code === 'AccessDenied' && typeof error.message === 'string';
  return { kind: isDenied ? 'denied' : 'failed', message } as const;
};

const answerTest = (result: Result): Answer => {
  if ('broken' in result) return { status: 500 };
  if ('record' in result) {
    const claims = Object.fromEntries(
      Object.entries(result.record).filter(([, value]) => value !== undefined),
    );
    return { status: 200, json: JSON.stringify(toJsonRecord(claims)) };
  }
  const { kind, message } = read(result.failure);
  if (kind === 'denied') return { status: 403, message };
  return kind === 'failed' ? { status: 422, message } : { status: 500, message };
};

/** JSON writes a surrogate as an escape when it is alone. */
const hasLoneSurrogate = (json: string): boolean => /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(json);

/** Levels at which a tenant that masks the claims in its log exhausts its stack; a cycle has them all. */
const maskDepth = 2500;

const isTooDeep = (value: unknown, depth = 0): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth > maskDepth || Object.values(value).some((item) => isTooDeep(item, depth + 1)));

/** The line of the script where it failed, as an engine names the script in a stack. */
const lineOf = (result: Result): { line?: number } => {
  const stack = 'failure' in result ? result.failure.body.stack : undefined;
  const [, line] = /(?:evalmachine\.<anonymous>|logto-user-script\.js):(\d+)/.exec(String(stack)) ?? [];
  return line === undefined || String(stack).includes('timed out') ? {} : { line: Number(line) };
};

const answerIssue = (result: Result, logsRuns: Settings['logsRuns']): Answer => {
  const without = (lost: string): Answer => ({ status: 200, json: '{}', lost, ...lineOf(result) });
  if ('broken' in result) return without('The script failed with what the tenant cannot read.');
  if ('record' in result) {
    if (logsRuns === 'masked' && isTooDeep(result.record)) return without('Maximum call stack size exceeded');
    // Only a function named toJSON among the claims makes it anything but an object.
    const json = JSON.stringify(result.record) ?? '';
    if (logsRuns && hasLoneSurrogate(json)) return { status: 422 };
    return json.startsWith('{') ? { status: 200, json } : without('The claims are no object in JSON.');
  }
  const { kind, message } = read(result.failure);
  if (logsRuns && kind !== 'unreadable' && hasLoneSurrogate(JSON.stringify(message))) return { status: 422 };
  return kind === 'denied' ? { status: 400, message, ...lineOf(result) } : without(message);
};

export const answer = (question: Question, result: Result, logsRuns: Settings['logsRuns']): Answer => {
  if (question === 'run') {
    const both = { issue: answer('issue', result, logsRuns), test: answer('test', result, logsRuns) };
    return { status: 200, json: JSON.stringify({ ...both, trace: result.trace }) };
  }
  try {
    return question === 'test' ? answerTest(result) : answerIssue(result, logsRuns);
  } catch {
    // What JSON cannot hold: among the claims it costs the token, in a failure the claims.
    return question === 'issue' && 'failure' in result
      ? answerIssue({ broken: true }, logsRuns)
      : { status: 500 };
  }
};
