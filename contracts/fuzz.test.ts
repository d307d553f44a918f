/** The fuzzer finds nothing wrong with a tenant that conforms, and finds what is planted in one that does not. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { senderOf } from '../src/contract/environment.ts';
import { FuzzError } from '../src/contract/fuzz/fuzz-error.ts';
import { type FuzzReport, fuzzTarget } from '../src/contract/fuzz/index.ts';
import { type Case, loadCases } from '../src/contract/index.ts';
import { judge } from '../src/contract/judge.ts';
import { openTenant } from '../src/contract/targets/tenant.ts';
import { type Customizer, json, type Rules, tenantRules } from '../src/tenant/index.ts';
import { runContractCommand } from './conforming/command.ts';
import {
  type ConformingTenant,
  createConformingTenant,
  type Hook,
  recordedReleases,
  type Served,
  serve,
} from './conforming/index.ts';

/** Fixed, so that a failure in CI is a failure at home. */
const seed = 20_261_123;

interface Opened {
  tenant: ConformingTenant;
  served: Served;
  sender: ReturnType<typeof senderOf>;
}

const open: Served[] = [];
afterEach(async () => {
  for (const served of open.splice(0)) await served.close();
});

const start = async (
  options: { release?: string; rules?: Partial<Rules>; hook?: Hook | undefined } = {},
): Promise<Opened> => {
  const { release = '1.43', rules = {}, hook } = options;
  const tenant = createConformingTenant({ release, rules });
  const served = await serve(tenant, hook);
  open.push(served);
  const { id, secret } = tenant.clients.withRole;
  return {
    tenant,
    served,
    sender: senderOf({ LOGTO_ENDPOINT: served.url, LOGTO_APP_ID: id, LOGTO_APP_SECRET: secret }),
  };
};

type Options = Partial<Parameters<typeof fuzzTarget>[1]>;

const fuzz = async ({ sender }: Opened, options: Options = {}): Promise<FuzzReport> =>
  fuzzTarget(await openTenant({ sender, allowDisruptive: false }), {
    sender,
    seed,
    sequences: 60,
    ...options,
  });

/** What it finds on a tenant that is wrong. */
const findingOf = async (opened: Opened, options: Options = {}): Promise<FuzzError> => {
  const error = await fuzz(opened, options).then(
    ({ note }) => new Error(`it found nothing: ${note}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FuzzError)) throw error;
  return error;
};

/** The steps that it prints, without their bodies. */
const stepsOf = ({ message }: FuzzError): string[] =>
  [...message.matchAll(/^ {4}\d+\. (GET|PUT|PATCH|DELETE) (\(list\)|[\w-]+)/gm)].map(
    ([, method]) => method as string,
  );

const isWrite = (method: string): boolean => ['PUT', 'PATCH', 'DELETE'].includes(method);

describe('on a tenant that conforms', () => {
  test.each(recordedReleases)('of %s it finds nothing', async (release) => {
    const { note, undecided } = await fuzz(await start({ release }), { sequences: 60 });
    expect(note).toMatch(/^seed 20261123: 60 sequences, [23]\d\d steps, 0 inconclusive$/);
    expect(undecided).toBeUndefined();
  });

  test('the same seed sends the same requests, another one others', async () => {
    const sent = async (options: Options): Promise<string[]> => {
      const requests: string[] = [];
      const opened = await start({
        hook: ({ method, path, body }, next) => {
          if (path.startsWith('/api/')) requests.push(`${method} ${path} ${String(body)}`);
          return next();
        },
      });
      await fuzz(opened, { sequences: 5, ...options });
      return requests;
    };
    const first = await sent({});
    expect(await sent({})).toEqual(first);
    expect(await sent({ seed: 1 })).not.toEqual(first);
  });

  test('it tries all operations on both token types, refused bodies, missing customizers and odd texts', async () => {
    const statuses = new Set<string>();
    let texts = '';
    const opened = await start({
      hook: async (request, next) => {
        const response = await next();
        const tokenType = request.path.split('/').at(-1);
        if (request.path.startsWith('/api/configs'))
          statuses.add(`${request.method} ${tokenType} ${response.status}`);
        if (isWrite(request.method)) texts += String(request.body);
        return response;
      },
    });
    await fuzz(opened, { sequences: 100 });
    const tokenTypes = ['access-token', 'client-credentials'];
    const expected = [
      'PUT 201',
      'PUT 200',
      'PUT 400',
      'PATCH 200',
      'PATCH 400',
      'PATCH 404',
      'DELETE 204',
      'DELETE 404',
      'GET 200',
      'GET 404',
    ].flatMap((entry) => tokenTypes.map((tokenType) => entry.replace(' ', ` ${tokenType} `)));
    expect([...statuses]).toEqual(expect.arrayContaining([...expected, 'GET jwt-customizer 200']));
    for (const text of [
      '"constructor":',
      'e\u0301',
      '💥',
      '"blockIssuanceOnError":false',
      '"contextSample":{"user":{',
      '"unknown":',
    ])
      expect(texts).toContain(text);
  });

  test('its requests go out one at a time', async () => {
    let [now, most] = [0, 0];
    const opened = await start({
      hook: async (_, next) => {
        now += 1;
        most = Math.max(most, now);
        const response = await next();
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return response;
      },
    });
    await fuzz(opened, { sequences: 5 });
    expect(most).toBe(1);
  });
});

/** None when the script fails, as tenants have it. */
const claimsOf = async (script: string): Promise<unknown> => {
  try {
    const call = `${script}\n;getCustomJwtClaims({ token: {}, context: { user: {} }, environmentVariables: {} })`;
    return await runInContext(call, createContext({}), { timeout: 500 });
  } catch {
    return {};
  }
};

test('every script that it sends adds no claim, is a comment alone, and tells where it comes from', async () => {
  const scripts = new Set<string>();
  const opened = await start({
    release: '1.42',
    hook: ({ method, body }, next) => {
      if (method === 'PUT' || method === 'PATCH') {
        const { script } = JSON.parse(String(body)) as { script?: unknown };
        if (typeof script === 'string') scripts.add(script);
      }
      return next();
    },
  });
  await fuzz(opened, { sequences: 60 });
  expect(scripts.size).toBeGreaterThan(100);
  for (const script of scripts) {
    expect(await claimsOf(script), script).toEqual({});
    expect(script.replaceAll(/\/\/[^\n\r\u2028\u2029]*/g, '').trim(), script).toBe('');
    expect(script).toContain('The contract suite stores this');
  }
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const deepMerge = (stored: unknown, sent: unknown): unknown =>
  isRecord(stored) && isRecord(sent)
    ? {
        ...stored,
        ...Object.fromEntries(
          Object.entries(sent).map(([key, value]) => [key, deepMerge(stored[key], value)]),
        ),
      }
    : sent;

/** The value with every text and every object changed. */
const changed = (
  value: unknown,
  text: (value: string) => string,
  keep: (key: string) => boolean = () => true,
): unknown => {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((item) => changed(item, text, keep));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => keep(key))
      .map(([key, item]) => [key, changed(item, text, keep)]),
  );
};

/** Drops a field that nobody sent at the second PATCH after a PUT. */
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

/** After a PUT that follows a DELETE, GET answers what was there before the DELETE, until the next write. */
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

interface Bug {
  rules?: () => Partial<Rules>;
  hook?: (opened: () => Opened) => Hook;
  /** The methods of the smallest sequence. */
  steps: string[];
  finding: RegExp;
  /** Characters of the last request's body, at most. */
  size: number;
  isCase?: false;
}

const bugs: Record<string, Bug> = {
  'PATCH merges deeply': {
    rules: () => ({ merge: (stored, sent) => deepMerge(stored, sent) as Customizer }),
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
    rules: () => ({
      toJsonb: <T>(value: T): T =>
        tenantRules.toJsonb(
          (isRecord(value) && isRecord(value['environmentVariables'])
            ? {
                ...value,
                environmentVariables: changed(value['environmentVariables'], (text) => text.normalize()),
              }
            : value) as T,
        ),
    }),
    steps: ['PUT'],
    finding: /\/environmentVariables\//,
    size: 90,
  },
  'names that every object has are lost': {
    rules: () => ({
      toJsonb: <T>(value: T): T =>
        tenantRules.toJsonb(
          changed(
            value,
            (text) => text,
            (key) => !(key in {}),
          ) as T,
        ),
    }),
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

const plant = async ({ rules, hook }: Bug): Promise<Opened> => {
  let opened: Opened | undefined;
  opened = await start({ rules: rules?.() ?? {}, hook: hook?.(() => opened as Opened) });
  return opened;
};

/** The printed case, through the reader of `contracts/cases/`. */
const pasted = ({ message }: FuzzError) => {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'));
  try {
    const [, printed = ''] = message.split('for a file of contracts/cases/:\n');
    writeFileSync(join(folder, 'fuzz.json'), printed);
    const [contract] = loadCases(pathToFileURL(`${folder}/`));
    if (contract === undefined) throw new Error('no case was printed');
    return contract;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What is wrong with the answer to a case, on a tenant that has something else stored. */
const findingsOn = async ({ sender, served }: Opened, written: Case): Promise<unknown[]> => {
  const headers = {
    authorization: `Bearer ${await sender.token('all')}`,
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ script: '// somebody else' });
  for (const tokenType of ['access-token', 'client-credentials'])
    await fetch(`${served.url}/api/configs/jwt-customizer/${tokenType}`, { method: 'PUT', headers, body });
  const target = await openTenant({ sender, allowDisruptive: false });
  expect(target.cannotShow(written)).toBeUndefined();
  const contract = target.prepare(written);
  return judge(contract, await target.exchange(contract));
};

describe('a bug is found, shrunk, and printed as a case that fails there and passes elsewhere', () => {
  test.each(Object.entries(bugs))('%s', async (_, bug) => {
    const bad = await plant(bug);
    const error = await findingOf(bad);
    const { contract, message, retried } = error;
    expect(message).toMatch(bug.finding);
    expect(message).toContain(`found by   --fuzz: seed ${seed}: `);
    expect(stepsOf(error), message).toEqual(bug.steps);
    expect(JSON.stringify(contract.request.body ?? '').length, message).toBeLessThanOrEqual(bug.size + 2);
    expect(retried).toBe(bug.isCase === false ? 'fails in this sequence alone' : 'fails');
    if (bug.isCase === false) return;
    const printed = pasted(error);
    // A stale read looks like somebody else's write to the suite: it stops, which is no pass.
    const there = await findingsOn(bad, printed).catch((thrown: unknown) => [String(thrown)]);
    expect(there).not.toEqual([]);
    expect(await findingsOn(await start(), printed)).toEqual([]);
  });
});

test('what does not break again is said so, with the sequence', async () => {
  let hasBroken = false;
  const opened = await start({
    rules: {
      merge: (stored, sent) => {
        if (hasBroken || !('tokenSample' in stored) || 'tokenSample' in sent) return { ...stored, ...sent };
        hasBroken = true;
        return sent;
      },
    },
  });
  const error = await findingOf(opened, { limits: { tries: 20 } });
  expect(error.retried).toBe('passes');
  expect(error.message).toContain('not reproducible: neither the same request nor the sequence broke again.');
  expect(stepsOf(error)).toContain('PATCH');
});

test('a tenant is asked so much and no more to make a sequence smaller', async () => {
  const requests = async (limits: Options['limits']): Promise<number> => {
    const opened = await start({ rules: { merge: (_stored, sent) => sent } });
    const { message } = await findingOf(opened, { limits: limits ?? {} });
    found.add(/found by .*/.exec(message)?.[0] ?? 'nothing');
    const { counts } = opened.served;
    return counts.put + counts.patch + counts.get + counts.delete;
  };
  const found = new Set<string>();
  const [none, few, many] = [await requests({ tries: 0 }), await requests({ tries: 5 }), await requests({})];
  expect(few).toBeGreaterThan(none);
  expect(few - none).toBeLessThan(5 * 40);
  expect(many).toBeGreaterThan(few);
  expect(await requests({ shrinking: 0 })).toBe(none);
  expect(found.size, 'the tries are not counted').toBe(1);
});

describe('a tired tenant', () => {
  /** Answers in the tenant's place every so often, once the fuzzer has begun. */
  const tired = (answer: () => ReturnType<Hook>, isTired: (request: number) => boolean) => {
    const counted = { requests: 0, times: 0 };
    const hook: Hook = ({ path, method }, next) => {
      if (!path.startsWith('/api/configs')) return next();
      counted.requests += method === 'PUT' || counted.requests > 0 ? 1 : 0;
      if (counted.requests === 0 || !isTired(counted.requests)) return next();
      counted.times += 1;
      return answer();
    };
    return { hook, counted };
  };
  const status = (code: number) => () => json(code, { message: 'tired' });

  test.each([401, 429, 500, 502, 503])('that answers %d at times neither passes nor fails', async (code) => {
    const { hook, counted } = tired(status(code), (request) => request % 50 === 49);
    const { note, undecided } = await fuzz(await start({ hook }), { sequences: 30 });
    expect(counted.times).toBeGreaterThan(5);
    expect(note).toMatch(
      new RegExp(`^seed ${seed}: 30 sequences, \\d+ steps, ${counted.times} inconclusive \\(${code} ×`),
    );
    expect(undecided).toBeUndefined();
  });

  test('that answers a write with 500 once and takes it then is tired, not broken', async () => {
    let [patches, times] = [0, 0];
    const opened = await start({
      hook: ({ method }, next) => {
        patches += method === 'PATCH' ? 1 : 0;
        if (method !== 'PATCH' || patches % 7 !== 0) return next();
        times += 1;
        return json(500, { message: 'tired' });
      },
    });
    const { note } = await fuzz(opened, { sequences: 30 });
    expect(times).toBeGreaterThan(3);
    expect(note).toContain(` ${times} inconclusive (500 ×${times})`);
  });

  test('a network that fails at times is counted, too', async () => {
    const { hook, counted } = tired(
      () => 'reset',
      (request) => request % 50 === 49,
    );
    const { note } = await fuzz(await start({ hook }), { sequences: 30 });
    expect(counted.times).toBeGreaterThan(5);
    expect(note).toContain(` ${counted.times} inconclusive (no answer (TypeError: fetch failed) ×`);
  });

  test.each([429, 503])(
    'that answers nothing but %d proves nothing, and is left alone soon',
    async (code) => {
      const opened = await start();
      const target = await openTenant({ sender: opened.sender, allowDisruptive: false });
      opened.served.setHook(status(code));
      await opened.sender.token('all').catch(() => {});
      const report = await fuzzTarget(target, { sender: opened.sender, seed, sequences: 1_000 });
      expect(report.status).toBeUndefined();
      expect(report.undecided).toBe(`no step was decided; ${report.note}`);
      expect(report.note).toContain(`seed ${seed}: 10 of 1000 sequences, 0 steps, 10 inconclusive`);
    },
  );

  test('does not hide what another request breaks', async () => {
    const { hook } = tired(status(503), (request) => request % 50 === 49);
    const opened = await start({ hook, rules: { merge: (_stored, sent) => sent } });
    expect((await findingOf(opened)).retried).toBe('fails');
  });
});

test('what somebody else stores meanwhile stays, and nothing more is written', async () => {
  const theirs = JSON.stringify({ script: 'const getCustomJwtClaims = async () => ({ theirs: true });' });
  let [writes, before] = [0, 0];
  const opened = await start({
    hook: async (request, next) => {
      const response = await next();
      if (isWrite(request.method)) writes += 1;
      if (writes === 20 && before === 0) {
        before = writes;
        const path = '/api/configs/jwt-customizer/access-token';
        await opened.tenant.handle({ ...request, path, method: 'PUT', body: theirs });
      }
      return response;
    },
  });
  const { undecided } = await fuzz(opened);
  expect(undecided).toBe('stopped: somebody else changed access-token');
  expect(JSON.stringify(opened.tenant.customizers['access-token'])).toBe(theirs);
});

describe('the command', () => {
  const state = mkdtempSync(join(tmpdir(), 'state-'));
  afterAll(() => rmSync(state, { recursive: true, force: true }));
  const run = ({ tenant, served }: Opened, args: string[], preload?: URL) =>
    runContractCommand({ tenant, url: served.url, state, args, ...(preload && { preload }) }).ended;

  test('prints the seed and the counts beside the table, and puts everything back', async () => {
    const opened = await start();
    const { code, output } = await run(opened, ['--fuzz', '3', '--fuzz-seed=-7', '-t', 'fuzz:']);
    expect(output).toContain('Fuzz: seed -7; --fuzz-seed -7 repeats it.');
    expect(output).toMatch(/^fuzz: random sequences agree with the model +✓$/m);
    expect(output).toMatch(/^tenant, fuzz: seed -7: 3 sequences, \d+ steps, 0 inconclusive$/m);
    expect(code).toBe(0);
    expect(opened.tenant.customizers).toEqual({});
  });

  test('exits with 1 and carries the failure in every report', async () => {
    const opened = await start({ rules: { merge: (_stored, sent) => sent } });
    const report = join(state, 'junit.xml');
    const reporter = ['--reporter', 'junit', '--outputFile', report];
    const { code } = await run(opened, ['--fuzz', '20', '--fuzz-seed', '1', '-t', 'fuzz:', ...reporter]);
    const xml = readFileSync(report, 'utf8');
    expect(xml).toContain('<failure message="PATCH is a shallow merge (fuzz, seed 1)');
    expect(xml).toContain('As a case, for a file of contracts/cases/:');
    expect(code).toBe(1);
    expect(opened.tenant.customizers).toEqual({});
  });

  test('exits with 3 when nothing was decided', async () => {
    const opened = await start({
      hook: ({ method }, next) => (isWrite(method) ? json(503, { message: 'tired' }) : next()),
    });
    const { code, output } = await run(opened, ['--fuzz', '3', '--fuzz-seed', '1', '-t', 'fuzz:']);
    expect(output).toContain('no step was decided; seed 1: 3 sequences, 0 steps, 3 inconclusive (503 ×3)');
    expect(code).toBe(3);
  });

  test.each([
    [['--fuzz', 'many'], '--fuzz takes a whole number from 1 to 1000000, not many'],
    [['--fuzz'], '--fuzz takes a whole number from 1 to 1000000, not nothing'],
    [['--fuzz', '1', '--fuzz-seed', '1.5'], '--fuzz-seed takes a whole number from -2147483648'],
    [['--fuzz-seed', '1'], '--fuzz-seed says nothing without --fuzz N'],
  ])('refuses %j', async (args, message) => {
    const { code, output } = await run(await start(), args);
    expect(output).toContain(message);
    expect(code).toBe(2);
  });

  test('refuses it without a live tenant', async () => {
    const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
    const { status, stderr } = spawnSync(
      process.execPath,
      [main, 'contract', '--target', 'mock', '--fuzz', '1'],
      { encoding: 'utf8' },
    );
    expect(stderr).toContain('--fuzz needs a live tenant: give --target tenant, and set LOGTO_ENDPOINT');
    expect(status).toBe(2);
  });

  test('says in one line how to add fast-check where it is absent', async () => {
    const hooks = `import { registerHooks } from 'node:module';
      registerHooks({ resolve: (name, context, next) => {
        if (name === 'fast-check') throw new Error('planted');
        return next(name, context);
      } });`;
    const absent = new URL(`data:text/javascript,${encodeURIComponent(hooks)}`);
    const { code, output } = await run(await start(), ['--fuzz', '1'], absent);
    expect(output.trim()).toBe(
      'logto-jwt-customizer: fast-check cannot be found. Add it with: npm install --save-dev fast-check',
    );
    expect(code).toBe(2);
  });
});
