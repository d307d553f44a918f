/** The thread in which one script lives from 1.43 on, with Node's globals; each run calls its function once more. */
import { types } from 'node:util';
import { runInThisContext } from 'node:vm';
import { MessagePort } from 'node:worker_threads';
import { receivePort } from './thread.ts';

export type ToWorkerThread =
  | { type: 'load'; script: string }
  /** Whoever has `reply` says what came of this run: there is no number to guess. */
  | { type: 'run'; reply: MessagePort; payload: Record<string, unknown> };

/** What came of a script, in what a message can carry. */
export type Outcome =
  | { kind: 'value'; value: unknown }
  | { kind: 'denied'; message: unknown }
  | { kind: 'failed'; message: string; stack?: string };

export type FromWorkerThread = { type: 'up' } | { type: 'load-failed'; outcome: Outcome };

const { port } = await receivePort();
/** Taken before there is a script, which could replace them. */
const { apply } = Reflect;
const { postMessage } = MessagePort.prototype;
const send = (to: MessagePort, message: FromWorkerThread | Outcome): void => {
  apply(postMessage, to, [message]);
};
const say = (message: FromWorkerThread): void => send(port, message);

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
  const { reply } = message;
  const outcome = await outcomeOf(message.payload);
  if (outcome === undefined) return;
  try {
    send(reply, outcome);
  } catch {
    // A function, a symbol, a proxy, a promise: no message can carry it.
    const message = 'The script return value must be JSON-serializable.';
    send(reply, { kind: 'failed', message });
  }
});

say({ type: 'up' });
