/** The thread in which a script is run, each time anew, in `node:vm`, as releases up to 1.42 do. */
import { types } from 'node:util';
import { createContext, runInContext, runInNewContext } from 'node:vm';
import { MessagePort } from 'node:worker_threads';
import { answer, denied, type Failure, notAnObject, type Result, toRecord } from './answer.ts';
import { hideFrom } from './node22.ts';
import { type Job, payloadOf, receivePort, type Settings, type ToThread } from './protocol.ts';
import { startTrace } from './trace.ts';

type Fetch = typeof fetch;

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

/** The global object of a new realm with `fetch` and `console` alone. */
const openRealm = (): { context: object; global: typeof globalThis; setFetch: (fetch: Fetch) => void } => {
  let call: Fetch = (...args) => fetch(...args);
  const context = createContext(
    Object.freeze({ fetch: async (...args: Parameters<Fetch>) => call(...args) }),
  );
  const global = runInContext('globalThis', context) as typeof globalThis;
  hideFrom(global);
  const setFetch = (next: Fetch): void => {
    call = next;
  };
  return { context, global, setFetch };
};

const evaluate = async (
  context: object,
  script: string,
  payload: object,
  timeout: number,
): Promise<unknown> => {
  const claimsFunction: unknown = runInContext(`${script};getCustomJwtClaims;`, context);
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
  if (error instanceof Denial) {
    const { status, body } = error.failure;
    return { status, body: { ...body, stack: error.stack } };
  }
  // Errors of the script are of another realm, and no instances of these.
  const status = error instanceof SyntaxError || error instanceof TypeError ? 422 : 500;
  if (!types.isNativeError(error)) return { status, body: { message: String(error) } };
  const { message, stack } = error;
  const isTimeout = message === timedOutAfter(timeout);
  return { status, body: { message: isTimeout ? timedOutAfter(spokenTimeout) : message, stack } };
};

/** Settles when the script does: never, for one whose promise never settles. */
const runInVm = async (job: Job, settings: Settings): Promise<Result> => {
  try {
    const { context, global, setFetch } = openRealm();
    const trace = job.question === 'run' ? startTrace(global.console) : undefined;
    if (trace !== undefined && job.offline) setFetch(trace.refuseFetch);
    try {
      const result = await evaluate(context, job.script, payloadOf(job), settings.timeout);
      const record = toRecord(result);
      return { ...(record === undefined ? notAnObject : { record }), trace: trace?.end(result) };
    } catch (error) {
      return { failure: failureOf(error, settings), trace: trace?.end(undefined, error) };
    }
  } catch {
    return { broken: true };
  }
};

const { port, settings } = await receivePort();
/** Taken before there is a script, which could replace them. */
const { apply } = Reflect;
const { postMessage } = MessagePort.prototype;

// As in a real server, a script's rejected promise that nothing waits for does no harm (recorded: unhandled-rejection).
process.on('unhandledRejection', () => {});

port.on('message', async (message: ToThread | { reply: MessagePort; job?: undefined } | 'ping') => {
  if (message === 'ping') return apply(postMessage, port, ['pong']);
  const { job, reply } = message;
  if (job === undefined) return apply(postMessage, reply, ['pong']);
  const result = await runInVm(job, settings);
  apply(postMessage, reply, [answer(job.question, result, settings.logsRuns)]);
});

port.postMessage('up');
