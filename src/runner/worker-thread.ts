/** The thread in which one script lives from 1.43 on, with Node's globals; each run calls its function once more. */
import { types } from 'node:util';
import { runInThisContext } from 'node:vm';
import { parentPort } from 'node:worker_threads';

export type ToWorkerThread =
  | { type: 'load'; script: string }
  | { type: 'run'; id: number; payload: Record<string, unknown> };

/** What came of a script, in what a message can carry. */
export type Outcome =
  | { kind: 'value'; value: unknown }
  | { kind: 'denied'; message: unknown }
  | { kind: 'failed'; message: string; stack?: string };

export type FromWorkerThread =
  | { type: 'up' }
  | { type: 'load-failed'; outcome: Outcome }
  | { type: 'outcome'; id: number; outcome: Outcome };

const port = parentPort;
if (port === null) throw new Error('worker-thread is the entry of a worker thread');
const say = (message: FromWorkerThread): void => port.postMessage(message);

class DenyAccessSignal extends Error {
  readonly denial: unknown;
  constructor(denial: unknown) {
    super(denial as string);
    this.name = 'DenyAccessSignal';
    this.denial = denial;
  }
}

const api = Object.freeze({
  denyAccess: (message: unknown = 'Access denied') => {
    throw new DenyAccessSignal(message);
  },
});

const textOf = (value: unknown): string => {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
};

/** Scripts may throw anything, with getters that throw in their turn. */
const failureOf = (error: unknown): Outcome => {
  try {
    if (!types.isNativeError(error)) return { kind: 'failed', message: textOf(error) };
    const { message, stack } = error;
    return { kind: 'failed', message: textOf(message), ...(typeof stack === 'string' && { stack }) };
  } catch {
    return { kind: 'failed', message: 'The script threw a value that could not be described.' };
  }
};

/** Scripts can see the name of the property, in stack traces, and get the object as `this`. */
let loaded: { entryFunction: (argument: object) => unknown } | undefined;

const load = (script: string): void => {
  try {
    const found: unknown = runInThisContext(
      `${script}\n;typeof getCustomJwtClaims === 'function' ? getCustomJwtClaims : undefined;`,
      { filename: 'logto-user-script.js' },
    );
    if (typeof found === 'function') loaded = { entryFunction: found as (argument: object) => unknown };
    else {
      const message = 'The script does not have a function named `getCustomJwtClaims`';
      say({ type: 'load-failed', outcome: { kind: 'failed', message } });
    }
  } catch (error) {
    say({ type: 'load-failed', outcome: failureOf(error) });
  }
};

const outcomeOf = async (payload: object): Promise<Outcome | undefined> => {
  if (loaded === undefined) return undefined;
  try {
    return { kind: 'value', value: await loaded.entryFunction({ ...payload, api }) };
  } catch (error) {
    if (error instanceof DenyAccessSignal) return { kind: 'denied', message: error.denial };
    return failureOf(error);
  }
};

port.on('message', async (message: ToWorkerThread) => {
  if (message.type === 'load') return load(message.script);
  const { id } = message;
  const outcome = await outcomeOf(message.payload);
  if (outcome === undefined) return;
  try {
    say({ type: 'outcome', id, outcome });
  } catch {
    // A function, a symbol, a proxy, a promise: no message can carry it.
    const message = 'The script return value must be JSON-serializable.';
    say({ type: 'outcome', id, outcome: { kind: 'failed', message } });
  }
});

say({ type: 'up' });
