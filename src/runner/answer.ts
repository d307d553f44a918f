import type { Answer, Question } from './protocol.ts';
import { toJsonRecord } from './record.ts';

/** The error response as which a tenant's own code hands on that a script failed. */
export interface Failure {
  status: number;
  body: { message: unknown; stack?: unknown; error?: { code: string; message: unknown } };
}

/** What came of a script before `/test` or a token makes something of it. */
export type Result =
  | { record: Record<string, unknown> }
  | { failure: Failure }
  /** The tenant's own code threw what it does not expect. */
  | { broken: true };

export const denied = (message: unknown): Failure => ({
  status: 403,
  body: { message, error: { code: 'AccessDenied', message } },
});

export const notAnObject: Result = { failure: { status: 400, body: { message: 'Invalid input' } } };

type Reading = { kind: 'denied' | 'failed' | 'unreadable'; message: string };

/** @throws {TypeError} when JSON cannot hold the body, which is how far the failure travels as text. */
const read = ({ status, body }: Failure): Reading => {
  const { message, error } = JSON.parse(JSON.stringify(body)) as Failure['body'];
  if (typeof message !== 'string') return { kind: 'unreadable', message: `Response error ${status}: ` };
  const isDenied = error?.code === 'AccessDenied' && typeof error.message === 'string';
  return { kind: isDenied ? 'denied' : 'failed', message };
};

const isDefined = ([, value]: [string, unknown]): boolean => value !== undefined;

const answerTest = (result: Result): Answer => {
  if ('broken' in result) return { status: 500 };
  if ('record' in result) {
    const claims = Object.fromEntries(Object.entries(result.record).filter(isDefined));
    return { status: 200, json: JSON.stringify(toJsonRecord(claims)) };
  }
  const { kind, message } = read(result.failure);
  if (kind === 'denied') return { status: 403, message };
  return kind === 'failed' ? { status: 422, message } : { status: 500, message };
};

/** JSON writes a surrogate as an escape when it is alone. */
const hasLoneSurrogate = (json: string): boolean => /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(json);

const answerIssue = (result: Result, logsRuns: boolean): Answer => {
  const without = (lost: string): Answer => ({ status: 200, json: '{}', lost });
  if ('broken' in result) return without('The script failed with what the tenant cannot read.');
  if ('record' in result) {
    // Only a function named toJSON among the claims makes it anything but an object.
    const json = JSON.stringify(result.record) ?? '';
    if (logsRuns && hasLoneSurrogate(json)) return { status: 422 };
    return json.startsWith('{') ? { status: 200, json } : without('The claims are no object in JSON.');
  }
  const { kind, message } = read(result.failure);
  if (logsRuns && kind !== 'unreadable' && hasLoneSurrogate(JSON.stringify(message))) return { status: 422 };
  return kind === 'denied' ? { status: 400, message } : without(message);
};

/** What a tenant answers to the question for which the script was run. */
export const answer = (question: Question, result: Result, logsRuns: boolean): Answer => {
  try {
    return question === 'test' ? answerTest(result) : answerIssue(result, logsRuns);
  } catch {
    // What JSON cannot hold: among the claims it costs the token, in a failure the claims.
    return question === 'issue' && 'failure' in result
      ? answerIssue({ broken: true }, logsRuns)
      : { status: 500 };
  }
};
