/** What a run did besides its result: for people who look at one run, not for what a tenant responds. */
import { format, types } from 'node:util';

/** A value among the claims that JSON or a message cannot carry as it is. */
export interface Unfit {
  /** As in JavaScript, for example `roles[0].since`; empty for the result itself. */
  path: string;
  /** For example `a Date`. */
  kind: string;
}

export interface Trace {
  /** What the script wrote to `console`, a string for each call. */
  logs: string[];
  /** Of the error that the script failed with. */
  stack?: string;
  unfit: Unfit[];
  /** The script called `fetch`, which was refused. */
  refusedFetch: boolean;
  milliseconds: number;
}

const nodesFetch = fetch;

const kindOf = (value: unknown): string | undefined => {
  if (typeof value === 'bigint') return 'a BigInt';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'string')
    return /\p{Surrogate}/u.test(value) ? 'a string with a lone surrogate' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (types.isDate(value)) return 'a Date';
  if (types.isMap(value)) return 'a Map';
  if (types.isSet(value)) return 'a Set';
  if (types.isPromise(value)) return 'a promise: await it';
  if (types.isProxy(value)) return 'a Proxy';
  if (types.isBoxedPrimitive(value)) return 'an object of String, Number or Boolean';
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return 'an object with toJSON';
  return undefined;
};

/** At most so many are named. */
const most = 10;

/** The values of a result that tokens or `POST /test` cannot carry, the nearest first. Getters are not called. */
const unfitOf = (result: unknown): Unfit[] => {
  const found: Unfit[] = [];
  const visit = (value: unknown, path: string, above: readonly unknown[]): void => {
    if (found.length >= most) return;
    const kind = above.includes(value) ? 'an object that contains itself' : kindOf(value);
    if (kind !== undefined) return void found.push({ path, kind });
    // A claim that is undefined is left out of the token; deeper down, undefined is not JSON.
    if (value === undefined && above.length > 1) return void found.push({ path, kind: 'undefined' });
    if (typeof value !== 'object' || value === null || above.length > 20) return;
    for (const [name, { value: item }] of Object.entries(Object.getOwnPropertyDescriptors(value)).slice(
      0,
      1000,
    )) {
      if (Array.isArray(value) && name === 'length') continue;
      const step = Array.isArray(value) ? `[${name}]` : path === '' ? name : `.${name}`;
      if (item !== undefined || above.length > 0) visit(item, path + step, [...above, value]);
    }
  };
  try {
    visit(result, '', []);
  } catch {
    // A proxy that throws: the response says so.
  }
  return found;
};

const stackOf = (error: unknown): { stack?: string } => {
  try {
    const { stack } = error as { stack?: unknown };
    return typeof stack === 'string' ? { stack } : {};
  } catch {
    return {};
  }
};

const methods = ['log', 'info', 'debug', 'warn', 'error', 'dir', 'table', 'trace'] as const;

/** Begins to watch a run: what it writes to the realm's console is kept. */
export const startTrace = (realmConsole: Console) => {
  const logs: string[] = [];
  const begun = performance.now();
  let refusedFetch = false;
  for (const name of methods)
    realmConsole[name] = (...values: unknown[]) => {
      logs.push(format(...values));
    };
  return {
    /** For a run that makes no request. */
    refuseFetch: async (...args: Parameters<typeof fetch>): Promise<Response> => {
      if (String(args[0]).startsWith('data:')) return nodesFetch(...args);
      refusedFetch = true;
      throw new TypeError('fetch failed');
    },
    end: (result: unknown, error?: unknown): Trace => ({
      logs,
      ...stackOf(error),
      unfit: unfitOf(result),
      refusedFetch,
      milliseconds: performance.now() - begun,
    }),
  };
};
