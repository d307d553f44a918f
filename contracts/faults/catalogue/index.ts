/**
 * All faults, by kind. A row of the YAML files is a `Fault`, with its call, responses and values in the format that
 * this file reads: `$name` refers to a value in `named.ts`. A row without a call lists the customizers; one without
 * `expects` must end as its calls normally do (`operations`).
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Fault, FaultGroup, Responder, World } from '../fault.ts';
import { bytes, cut, headOf, json, page, type Reply, redirect } from '../http.ts';
import { granted } from '../subjects.ts';
import type { Step } from '../wire.ts';
import { named, type Operation, operations } from './named.ts';

/** A response: literal, a changed copy of another one, or made by `http.ts` and `subjects.ts`. */
type WrittenReply = Reply & {
  of?: WrittenReply;
  page?: number;
  json?: unknown;
  granted?: Record<string, unknown>;
};

const replyOf = (written: WrittenReply): Reply => {
  const { of, ...others } = written;
  if (of !== undefined) return { ...replyOf(of), ...others };
  const { status = 200, headers } = written;
  if (written.page !== undefined) return page(written.page, headers);
  if ('json' in written) return json(status, written.json, headers);
  return written.granted === undefined ? written : granted(written.granted);
};

/** `abort` is called by the caller meanwhile; `wait` and `advance` let time pass. */
type WrittenStep =
  | 'abort'
  | 'close'
  | 'reset'
  | { wait: number }
  | { advance: number }
  | { send: string | Uint8Array | WrittenReply }
  | { head: WrittenReply; upTo?: number }
  | { cut: WrittenReply; by: number };

const stepOf = (written: WrittenStep, { abort, advance }: World): Step => {
  if (written === 'abort') return { call: abort };
  if (typeof written === 'string' || 'wait' in written) return written;
  if ('advance' in written) return { call: () => advance(written.advance) };
  if ('head' in written) return { send: headOf(replyOf(written.head)).subarray(0, written.upTo) };
  if ('cut' in written) return { send: cut(replyOf(written.cut), written.by) };
  const { send } = written;
  return { send: typeof send === 'string' || send instanceof Uint8Array ? send : bytes(replyOf(send)) };
};

type WrittenResponder =
  | (Responder & ((...args: never) => unknown))
  | 'close'
  | 'reset'
  | readonly (WrittenStep | readonly WrittenStep[])[]
  | { redirect: number; to: 'elsewhere' | 'itself' }
  | WrittenReply;

const responderOf = (written: WrittenResponder): Responder => {
  if (typeof written === 'function') return written;
  if (typeof written === 'string') return [written];
  if (Array.isArray(written))
    return (_, world) => (written.flat() as WrittenStep[]).map((step) => stepOf(step, world));
  if (!('redirect' in written)) return replyOf(written as WrittenReply);
  const { redirect: status, to } = written;
  return ({ path }, { elsewhere }) => redirect(status, `${to === 'elsewhere' ? elsewhere : ''}${path}`);
};

/**
 * A call by its name, with options if any; several calls in sequence, with the events between them; or several at once,
 * with the result of each, an error by its name.
 */
type WrittenCall =
  | string
  | Fault['call']
  | readonly WrittenCall[]
  | { together: readonly WrittenCall[] }
  | Readonly<Record<string, unknown>>;

/** An event between two calls, by its name in `World`. */
const between = ['advance', 'leap', 'shiftWall', 'arrives'] as const;
const pauseOf = (written: WrittenCall) => between.find((name) => Object.hasOwn(Object(written), name));

const isList = (written: WrittenCall): written is readonly WrittenCall[] => Array.isArray(written);
const isTogether = (written: WrittenCall): written is { together: readonly WrittenCall[] } =>
  Object.hasOwn(Object(written), 'together');

/** @throws {Error} when no operation has that name. */
const operationOf = (written: WrittenCall): { operation: Operation; options: object } => {
  const [name = '', options = {}] =
    typeof written === 'string' ? [written] : (Object.entries(written)[0] ?? []);
  const operation = operations[name];
  if (operation === undefined) throw new Error(`contracts/faults/catalogue: there is no call ${name}`);
  return { operation, options: options as object };
};

const callOf = (written: WrittenCall): Fault['call'] => {
  if (typeof written === 'function') return written;
  if (isTogether(written)) {
    const calls = written.together.map(callOf);
    return (client, world) =>
      Promise.all(calls.map((call) => call(client, world).catch(({ name }: Error) => name)));
  }
  if (!isList(written)) {
    const { operation, options } = operationOf(written);
    return (client, world) => operation.run(client, { signal: world.signal, ...options }, world);
  }
  return async (client, world) => {
    const values: unknown[] = [];
    for (const one of written) {
      const pause = pauseOf(one);
      if (pause === undefined) values.push(await callOf(one)(client, world));
      else await world[pause]((one as Record<string, unknown>)[pause] as never);
    }
    return values;
  };
};

/** The result of a call without faults. */
const resultOf = (written: WrittenCall): unknown => {
  if (isTogether(written)) return written.together.map(resultOf);
  if (isList(written)) return written.filter((one) => pauseOf(one) === undefined).map(resultOf);
  return operationOf(written).operation.value;
};

type WrittenFault = Omit<Fault, 'api' | 'token' | 'call' | 'expects'> & {
  api?: readonly WrittenResponder[];
  token?: readonly WrittenResponder[];
  call?: WrittenCall;
  expects?: Fault['expects'];
};

const keys = [
  ...['name', 'handling', 'call', 'options', 'credentials', 'listens', 'names', 'aborts', 'api', 'token'],
  ...['requests', 'arrived', 'waits', 'took', 'tookAtLeast', 'expects'],
];

const faultOf = (written: WrittenFault): Fault => {
  const unknown = Object.keys(written).find((key) => !keys.includes(key));
  if (unknown !== undefined)
    throw new Error(`contracts/faults/catalogue: ${written.name}: what is ${unknown}?`);
  const { api = [], token, call = 'list', expects = { value: resultOf(call) }, ...fault } = written;
  return {
    ...fault,
    api: api.map(responderOf),
    ...(token && { token: token.map(responderOf) }),
    call: callOf(call),
    expects,
  };
};

/** Replaces each `$name` by its value. */
const resolve = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
  if (typeof value !== 'string' || !value.startsWith('$')) return value;
  const name = value.slice(1);
  if (!Object.hasOwn(named, name)) throw new Error(`contracts/faults/catalogue: nothing is named ${name}`);
  return named[name];
};

export const readGroup = (file: string): FaultGroup => {
  const text = readFileSync(new URL(`${file}.yaml`, import.meta.url), 'utf8');
  const { title, faults } = resolve(parse(text)) as { title: string; faults: readonly WrittenFault[] };
  return { title, faults: faults.map(faultOf) };
};

export const faultGroups: readonly FaultGroup[] = [
  ...['no-connection', 'connections-that-are-cut', 'connections-that-are-kept', 'slow-responses'],
  ...['responses-that-are-none', 'unavailable', 'retry-after', 'redirects', 'token-endpoint', 'token-life'],
  ...['uncertain-writes', 'other-writers', 'aborts', 'raw-client'],
].map(readGroup);
