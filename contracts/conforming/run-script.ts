/**
 * Runs the scripts of `POST /test` well enough for every recorded one. In this process and with `node:vm`, so: a
 * script that loops after an `await` is not stopped, and none of it is a sandbox.
 */
import { types } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { isBefore, type RunScript, type ScriptOutcome } from '../../src/tenant/index.ts';

/** What a script on 1.43 finds beside the language itself, of what "test: which globals there are" asks for. */
const workerGlobals = [
  'fetch',
  'process',
  'URL',
  'Buffer',
  'crypto',
  'TextEncoder',
  'setTimeout',
  'atob',
  'structuredClone',
] as const;

/** What `api.denyAccess` throws: a script that catches it denies nothing. */
class Denial {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

class Timeout extends Error {}

const isTimeout = (error: unknown): boolean =>
  error instanceof Timeout || (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

const isJson = (value: unknown): boolean => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || types.isDate(value) || types.isMap(value) || types.isSet(value))
    return false;
  return Object.values(value).every(isJson);
};

const outcomeOf = (result: unknown): ScriptOutcome => {
  if (typeof result !== 'object' || result === null || Array.isArray(result))
    return { status: 422, message: 'Invalid input' };
  const claims = Object.fromEntries(Object.entries(result).filter(([, claim]) => claim !== undefined));
  return isJson(claims) ? { status: 200, claims } : { status: 500 };
};

const within = async (milliseconds: number, result: Promise<unknown>): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Timeout()), milliseconds);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * @param release - tells the globals, and the words of two failures
 * @param timeout - in milliseconds, instead of the 3 s or 5 s of which the answer speaks
 */
export const createRunScript = (release: string, timeout: number): RunScript => {
  const inVm = isBefore(release, '1.43');
  const source = (script: string): string =>
    inVm
      ? `${script};getCustomJwtClaims;`
      : `${script}\n;typeof getCustomJwtClaims === 'function' ? getCustomJwtClaims : undefined;`;
  const globals = (): Record<string, unknown> =>
    inVm ? { fetch } : Object.fromEntries(workerGlobals.map((name) => [name, globalThis[name]]));
  const tooLate = inVm
    ? 'Script execution timed out after 3000ms'
    : 'Script execution timed out after 5000ms.';
  const api = {
    denyAccess: (message = 'Access denied') => {
      throw new Denial(message);
    },
  };

  const run = async (script: string, payload: object): Promise<unknown> => {
    const entry: unknown = runInContext(source(script), createContext(globals()), { timeout });
    if (typeof entry !== 'function')
      throw new TypeError('The script does not have a function named `getCustomJwtClaims`');
    const context = createContext({ entry, payload });
    return within(timeout, runInContext('(async () => entry(payload))();', context, { timeout }));
  };

  return async ({ script, token, context, environmentVariables }) => {
    try {
      return outcomeOf(await run(script, { token, context, environmentVariables, api }));
    } catch (error) {
      if (error instanceof Denial) return { status: 403, message: error.message };
      if (isTimeout(error)) return { status: 422, message: tooLate };
      return { status: 422, message: types.isNativeError(error) ? error.message : String(error) };
    }
  };
};
