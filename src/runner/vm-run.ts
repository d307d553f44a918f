/** Runs a script as releases up to 1.42 do: in `node:vm`, with `fetch` and the `console` of V8 that prints nothing. */
import { types } from 'node:util';
import { runInNewContext } from 'node:vm';
import { denied, type Failure, notAnObject, type Result } from './answer.ts';
import { toRecord } from './record.ts';

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

export interface Limits {
  /** Milliseconds for the first, synchronous part of `getCustomJwtClaims`. Nothing else has a limit. */
  timeout: number;
  /** Milliseconds of which the message speaks. */
  spokenTimeout: number;
}

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

const failureOf = (error: unknown, { timeout, spokenTimeout }: Limits): Failure => {
  if (error instanceof Denial) return error.failure;
  // Errors of the script are of another realm, and no instances of these.
  const status = error instanceof SyntaxError || error instanceof TypeError ? 422 : 500;
  if (!types.isNativeError(error)) return { status, body: { message: String(error) } };
  const { message, stack } = error;
  const isTimeout = message === timedOutAfter(timeout);
  return { status, body: { message: isTimeout ? timedOutAfter(spokenTimeout) : message, stack } };
};

/** Settles when the script does: never, for one whose promise never settles. */
export const runInVm = async (script: string, payload: object, limits: Limits): Promise<Result> => {
  try {
    try {
      const record = toRecord(await evaluate(script, payload, limits.timeout));
      return record === undefined ? notAnObject : { record };
    } catch (error) {
      return { failure: failureOf(error, limits) };
    }
  } catch {
    return { broken: true };
  }
};
