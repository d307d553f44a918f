/** The thread in which one script after the other is run in `node:vm`, as releases up to 1.42 do. */
import { types } from 'node:util';
import { runInNewContext } from 'node:vm';
import { answer, denied, type Failure, notAnObject, type Result, toRecord } from './answer.ts';
import { type Answer, type Job, payloadOf, type Settings } from './protocol.ts';
import { receivePort } from './thread.ts';

export type ToVmThread = { type: 'ping' } | { type: 'run'; job: Job };
/** `started` comes before the script runs: a thread that an earlier script keeps busy does not get there. */
export type FromVmThread = { type: 'pong' } | { type: 'started' } | { type: 'answer'; answer: Answer };

/** What `api.denyAccess` throws. A script that catches it sees this message and denies nothing. */
class Denial extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`Response error ${failure.status}: `);
    this.failure = failure;
  }
}

const api = Object.freeze({
  denyAccess: (message: unknown = 'Access denied') => {
    const failure = denied(message);
    // What JSON cannot hold fails here, inside of the script, which may catch it.
    JSON.stringify(failure.body);
    throw new Denial(failure);
  },
});

const evaluate = async (script: string, payload: object, timeout: number): Promise<unknown> => {
  const globals = { fetch: async (...args: Parameters<typeof fetch>) => fetch(...args) };
  const claimsFunction: unknown = runInNewContext(`${script};getCustomJwtClaims;`, Object.freeze(globals));
  if (typeof claimsFunction !== 'function')
    throw new TypeError('The script does not have a function named `getCustomJwtClaims`');
  const request = { ...payload, api };
  // Scripts can see the columns of this call, in stack traces.
  const call = '(async () => claimsFunction(request))();';
  return runInNewContext(call, Object.freeze({ claimsFunction, request }), { timeout });
};

/** In the words of Node, which tells a stopped script so. */
const timedOutAfter = (timeout: number): string => `Script execution timed out after ${timeout}ms`;

const failureOf = (error: unknown, { timeout, spokenTimeout }: Settings): Failure => {
  if (error instanceof Denial) return error.failure;
  // Errors of the script are of another realm, and no instances of these.
  const status = error instanceof SyntaxError || error instanceof TypeError ? 422 : 500;
  if (!types.isNativeError(error)) return { status, body: { message: String(error) } };
  const { message, stack } = error;
  const isTimeout = message === timedOutAfter(timeout);
  return { status, body: { message: isTimeout ? timedOutAfter(spokenTimeout) : message, stack } };
};

/** Settles when the script does: never, for one whose promise never settles. */
const runInVm = async (script: string, payload: object, settings: Settings): Promise<Result> => {
  try {
    try {
      const record = toRecord(await evaluate(script, payload, settings.timeout));
      return record === undefined ? notAnObject : { record };
    } catch (error) {
      return { failure: failureOf(error, settings) };
    }
  } catch {
    return { broken: true };
  }
};

const { port, settings: received } = await receivePort();
const settings = received as Settings;
/** Bound before there is a script, which could replace `postMessage`. */
const say: (message: FromVmThread) => void = port.postMessage.bind(port);

// As in a real server, a script's rejected promise that nobody waits for harms nobody (recorded: unhandled-rejection).
process.on('unhandledRejection', () => {});

port.on('message', async (message: ToVmThread) => {
  if (message.type === 'ping') return say({ type: 'pong' });
  const { job } = message;
  say({ type: 'started' });
  const result = await runInVm(job.script, payloadOf(job), settings);
  say({ type: 'answer', answer: answer(job.question, result, settings.logsRuns) });
});
