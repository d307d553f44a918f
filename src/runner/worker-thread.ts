/** The thread in which one script lives from 1.43 on, with Node's globals; each run calls its function once more. */
import { types } from 'node:util';
import { runInThisContext } from 'node:vm';
import { MessagePort } from 'node:worker_threads';
import { hideFrom } from './node22.ts';
import { payloadOf, receivePort, type ToThread } from './protocol.ts';
import { startTrace, type Trace } from './trace.ts';

/** What came of a script, in what a message can carry. */
export type Outcome = { trace?: Trace | undefined } & (
  | { kind: 'value'; value: unknown }
  | { kind: 'denied'; message: unknown; stack?: unknown }
  | Failed
);

/** `not-loaded` is what comes of every run of this thread, which is then over. */
interface Failed {
  kind: 'failed' | 'not-loaded';
  message: string;
  stack?: string;
}

const { port } = await receivePort();
/** Taken before there is a script, which could replace them. */
const { apply } = Reflect;
const { postMessage } = MessagePort.prototype;
const send = (to: MessagePort, message: Outcome): void => {
  apply(postMessage, to, [message]);
};

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
const failureOf = (error: unknown): Failed => {
  try {
    if (!types.isNativeError(error)) return { kind: 'failed', message: textOf(error) };
    const { message, stack } = error;
    return { kind: 'failed', message: textOf(message), ...(typeof stack === 'string' && { stack }) };
  } catch {
    return { kind: 'failed', message: 'The script threw a value that could not be described.' };
  }
};

/** Scripts can see the name of the property, in stack traces, and get the object as `this`. */
type Loaded = { entryFunction: (argument: object) => unknown };

const load = (script: string): Loaded | Failed => {
  try {
    const found: unknown = runInThisContext(
      `${script}\n;typeof getCustomJwtClaims === 'function' ? getCustomJwtClaims : undefined;`,
      { filename: 'logto-user-script.js' },
    );
    if (typeof found === 'function') return { entryFunction: found as Loaded['entryFunction'] };
    const message = 'The script does not have a function named `getCustomJwtClaims`';
    return { kind: 'not-loaded', message };
  } catch (error) {
    return { ...failureOf(error), kind: 'not-loaded' };
  }
};

let loaded: Loaded | Failed | undefined;

hideFrom(globalThis);

const outcomeOf = async ({ job }: ToThread): Promise<Outcome> => {
  const trace = job.question === 'run' ? startTrace(console) : undefined;
  if (trace !== undefined && job.offline) globalThis.fetch = trace.refuseFetch;
  loaded ??= load(job.script);
  if ('kind' in loaded) return { ...loaded, trace: trace?.end(undefined, loaded) };
  try {
    const value = await loaded.entryFunction({ ...payloadOf(job), api });
    return { kind: 'value', value, trace: trace?.end(value) };
  } catch (error) {
    const end = trace?.end(undefined, error);
    if (error instanceof DenyAccessSignal)
      return { kind: 'denied', message: error.denial, stack: error.stack, trace: end };
    return { ...failureOf(error), trace: end };
  }
};

port.on('message', async (message: ToThread) => {
  const { reply } = message;
  const outcome = await outcomeOf(message);
  try {
    send(reply, outcome);
  } catch {
    // A function, a symbol, a proxy, a promise: no message can carry it.
    const message = 'The script return value must be JSON-serializable.';
    send(reply, { kind: 'failed', message, trace: outcome.trace });
  }
});

port.postMessage('up');
