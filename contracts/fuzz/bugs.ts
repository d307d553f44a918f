/** Bugs to plant in a tenant, and the smallest requests in which the fuzzer must show them. */
import { type Customizer, json, type Rules } from '../../src/tenant/index.ts';
import type { Hook } from '../conforming/index.ts';
import { storing } from '../conforming/mutants/hooks.ts';
import { deep } from '../conforming/mutants/merging.ts';
import { isWrite, type Opened } from './tenant.test-helper.ts';

/** Drops a field that was not sent, at the second PATCH after a PUT. */
const dropsAtSecondPatch = (): Partial<Rules> => {
  const patches = new Map<string, number>();
  let dropped: string | undefined;
  return {
    replace: (_stored, sent) => {
      dropped = undefined;
      return sent;
    },
    merge: (stored, sent) => {
      dropped = Object.keys(stored).find((key) => !(key in sent)) ?? '';
      return { ...stored, ...sent };
    },
    store: (customizers, tokenType, value) => {
      const count = dropped === undefined ? 0 : (patches.get(tokenType) ?? 0) + 1;
      patches.set(tokenType, count);
      const { [count < 2 ? '' : (dropped ?? '')]: _, ...rest } = value;
      return { ...customizers, [tokenType]: rest };
    },
  };
};

/** After a DELETE and a PUT, GET returns the customizer from before the DELETE until the next write. */
const staleAfterDelete = (): Hook => {
  const deleted = new Map<string, string>();
  const stale = new Map<string, string>();
  const current = new Map<string, string>();
  return async (request, next) => {
    const { method, path } = request;
    const response = await next();
    const old = stale.get(path);
    if (method === 'GET' && response.status === 200 && old !== undefined) return { ...response, body: old };
    if (!isWrite(method) || response.status > 299) return response;
    stale.delete(path);
    const before = deleted.get(path);
    if (method === 'PUT' && before !== undefined) stale.set(path, before);
    deleted.delete(path);
    const text = current.get(path);
    if (method === 'DELETE' && text !== undefined) deleted.set(path, text);
    current.set(path, response.body);
    return response;
  };
};

/** Stores the environment variables of a body that it refuses. */
const storesRefused =
  (opened: () => Opened): Hook =>
  async (request, next) => {
    const response = await next();
    const tokenType = request.path.split('/').at(-1) as 'access-token';
    const stored = opened().tenant.customizers[tokenType];
    if (response.status !== 400 || stored === undefined) return response;
    const { environmentVariables } = JSON.parse(String(request.body)) as Customizer;
    const body = JSON.stringify({ script: stored['script'], environmentVariables });
    await opened().tenant.handle({ ...request, method: 'PATCH', body });
    return response;
  };

export interface Bug {
  rules?: () => Partial<Rules>;
  hook?: (opened: () => Opened) => Hook;
  /** The methods of the smallest sequence. */
  steps: string[];
  finding: RegExp;
  /** The most characters of the last request's body. */
  size: number;
  isCase?: false;
}

export const bugs: Record<string, Bug> = {
  'PATCH merges deeply': {
    rules: () => ({ merge: (stored, sent) => deep(stored, sent) as Customizer }),
    steps: ['PUT', 'PATCH'],
    finding: /stored: stored for [\w-]+, \/\w+/,
    size: 130,
  },
  'the second PATCH drops a field that nobody sent': {
    rules: dropsAtSecondPatch,
    steps: ['PUT', 'PATCH', 'PATCH'],
    finding: /found nothing/,
    size: 50,
    isCase: false,
  },
  'DELETE of one token type deletes both': {
    rules: () => ({ remove: () => ({}) }),
    steps: ['PUT', 'PUT', 'DELETE'],
    finding: /stored: stored for [\w-]+: expected \{.*\}, found null/,
    size: 0,
  },
  'DELETE deletes nothing': {
    rules: () => ({ remove: (customizers) => customizers }),
    steps: ['DELETE'],
    finding: /stored: stored for access-token: expected null, found \{.*between sequences/,
    size: 0,
  },
  'GET is stale after a PUT that follows a DELETE': {
    hook: staleAfterDelete,
    steps: ['PUT'],
    finding: /stored: stored for [\w-]+, \/script: expected .*, found ".*between sequences"/,
    size: 50,
  },
  'a refused write stores something': {
    hook: storesRefused,
    steps: ['PUT', 'PUT'],
    finding: /stored: stored for [\w-]+, \/environmentVariables/,
    size: 110,
  },
  'environment variables are normalized': {
    rules: () =>
      storing((value, key) =>
        key === 'environmentVariables'
          ? Object.fromEntries(
              Object.entries(value as Record<string, string>).map(([name, text]) => [name, text.normalize()]),
            )
          : value,
      ),
    steps: ['PUT'],
    finding: /\/environmentVariables\//,
    size: 90,
  },
  'names that every object has are lost': {
    rules: () => storing((value, key) => (key in {} ? undefined : value)),
    steps: ['PUT'],
    finding: /\/(constructor|toString|hasOwnProperty|valueOf) \(replaced\): expected .*, found nothing/,
    size: 110,
  },
  'a body that it cannot take is answered 500': {
    rules: () => ({
      refuseStorage: (value) =>
        JSON.stringify(value).includes('"constructor":') ? json(500, { message: 'TypeError' }) : undefined,
    }),
    steps: ['PUT'],
    finding: /status: expected 201, found 500 \{"message":"TypeError"\}/,
    size: 110,
  },
};
