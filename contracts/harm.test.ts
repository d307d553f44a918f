/** Whatever happens to a run, the tenant's customizers end up as they were, absent ones absent. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Run, runContractCommand } from './conforming/command.ts';
import { createConformingTenant, type Hook, type Served, serve } from './conforming/index.ts';
import { isNightly } from './nightly.ts';

const original = {
  'access-token': {
    script: 'const getCustomJwtClaims = async () => ({ plan: "pro" });',
    environmentVariables: { KEY: 'secret-of-the-tenant' },
  },
};

/** Two cases: of each kind of write one, on both token types. */
const few = ['--allow-overwrite', '-t', 'leaves the other customizer alone|PUT creates one token type'];

const faults = new URL('./conforming/file-fault.ts', import.meta.url);

let state: string;
let served: Served;
let tenant: ReturnType<typeof createConformingTenant>;
const start = async (hook?: Hook): Promise<void> => {
  tenant = createConformingTenant({ release: '1.43', customizers: original as never });
  served = await serve(tenant, hook);
};
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'state-'));
});
afterEach(async () => {
  await served.close();
  rmSync(state, { recursive: true, force: true });
});

const run = (args: string[] = few, more: { preload?: URL; env?: Record<string, string> } = {}): Run =>
  runContractCommand({ tenant, url: served.url, state, args, ...more });
const files = (): string[] => {
  const folder = join(state, 'logto-jwt-customizer');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const stored = (): string => JSON.stringify(tenant.customizers);
const before = JSON.stringify(original);

/** The next run of a person who allows nothing: it restores what is left over, then refuses. */
const startAgain = async (): Promise<void> => {
  if (stored() === before && files().length === 0) return;
  const { code, output } = await run([]).ended;
  expect(output).toContain('has customizers (access-token)');
  expect(code).toBe(2);
};

/**
 * SIGKILL strikes at every step. The other two run the same code when they strike, so the gate tries every third step of
 * each, starting with another one.
 */
const signals = [
  { signal: 'SIGKILL', first: 1, stride: 1 },
  { signal: 'SIGTERM', first: isNightly ? 1 : 2, stride: isNightly ? 1 : 3 },
  { signal: 'SIGINT', first: isNightly ? 1 : 3, stride: isNightly ? 1 : 3 },
] as const;

describe('killed at the n-th step, n rising until a run completes', () => {
  test.each(signals)(
    '$signal at the n-th request',
    async ({ signal, first, stride }) => {
      let seen = 0;
      let strikeAt = 0;
      let current: Run | undefined;
      await start((_, next) => {
        seen += 1;
        if (seen === strikeAt) current?.child.kill(signal);
        return next();
      });
      for (strikeAt = first; ; strikeAt += stride) {
        seen = 0;
        current = run();
        const { code } = await current.ended;
        const completed = seen < strikeAt;
        if (signal !== 'SIGKILL' || completed) expect(stored(), `request ${strikeAt}`).toBe(before);
        strikeAt *= -1;
        await startAgain();
        strikeAt *= -1;
        expect(stored(), `request ${strikeAt}`).toBe(before);
        expect(files(), `request ${strikeAt}`).toEqual([]);
        if (completed) {
          expect(code).toBe(0);
          break;
        }
      }
      expect(strikeAt).toBeGreaterThan(15);
    },
    600_000,
  );

  test.each(signals)(
    '$signal at the n-th operation on a file',
    async ({ signal, first, stride }) => {
      await start();
      for (let at: number = first; ; at += stride) {
        const { code, output } = await run(few, {
          preload: faults,
          env: { FAULT: signal, FAULT_AT: String(at) },
        }).ended;
        await startAgain();
        expect(stored(), `operation ${at}`).toBe(before);
        const left = files().filter((name) => !name.endsWith('.tmp'));
        expect(left, `operation ${at}`).toEqual([]);
        const operations = Number(/file operations: (\d+)/.exec(output)?.[1] ?? Number.POSITIVE_INFINITY);
        if (code === 0 && operations < at) {
          expect(at).toBeGreaterThan(10);
          break;
        }
      }
    },
    600_000,
  );
});

describe('the disk is full', () => {
  test('at any operation before the first write: nothing is written to the tenant', async () => {
    await start();
    let refused = 0;
    for (let at = 1; at < 40; at += 1) {
      const counts = { ...served.counts };
      const { code } = await run(few, { preload: faults, env: { FAULT: 'ENOSPC', FAULT_AT: String(at) } })
        .ended;
      const wrote = served.counts.put - counts.put + served.counts.delete - counts.delete > 0;
      if (!wrote && code !== 0) refused += 1;
      expect(stored(), `operation ${at}`).toBe(before);
      if (code === 0) break;
    }
    expect(refused).toBeGreaterThan(5);
  }, 300_000);
});

describe('the tenant fails in the middle', () => {
  /** Fails `times` requests from the n-th on. */
  const outage = (from: number, times: number, fail: () => ReturnType<Hook>): Hook => {
    let seen = 0;
    return (_, next) => {
      seen += 1;
      return seen >= from && seen < from + times ? fail() : next();
    };
  };
  const serverError = () => ({ status: 500, headers: {}, body: '' });

  test.each([
    ['the network is cut for a moment', outage(12, 4, () => 'reset')],
    ['the tenant answers 500 for a while', outage(12, 5, serverError)],
  ])('%s', async (_, hook) => {
    await start(hook);
    const { code, output } = await run().ended;
    expect(code).not.toBe(0);
    expect(output).toContain('are as they were');
    expect(stored()).toBe(before);
    expect(files()).toEqual([]);
  });

  test('the tenant is gone for longer than a run waits: the next one restores', async () => {
    let isDown = false;
    let seen = 0;
    await start((_, next) => {
      seen += 1;
      if (seen === 14) isDown = true;
      return isDown ? 'reset' : next();
    });
    const { code, output } = await run().ended;
    expect(code).toBe(3);
    expect(output).toContain('the next run restores them first');
    expect(output).not.toContain('secret-of-the-tenant');
    expect(stored()).not.toBe(before);
    isDown = false;
    await startAgain();
    expect(stored()).toBe(before);
    expect(files()).toEqual([]);
  }, 120_000);

  test('the token expires: the customizers are put back with a new one', async () => {
    let expired: string | undefined;
    let seen = 0;
    await start(({ path, headers }, next) => {
      seen += 1;
      if (seen === 14) expired = headers['authorization'];
      const isRefused =
        path.startsWith('/api/configs') && expired !== undefined && headers['authorization'] === expired;
      return isRefused
        ? {
            status: 401,
            headers: { 'content-type': 'application/json' },
            body: '{"code":"auth.unauthorized","message":"x"}',
          }
        : next();
    });
    const { output } = await run().ended;
    expect(output).toContain('are as they were');
    expect(stored()).toBe(before);
  });
});

describe('two runs', () => {
  test('from one machine: the second stops before it writes', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let puts = 0;
    let reach: () => void = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    await start(async ({ method }, next) => {
      if (method === 'PUT') puts += 1;
      if (method === 'PUT' && puts === 1) {
        reach();
        await held;
      }
      return next();
    });
    const first = run();
    await first.printed('are kept in');
    // Else the second could be over before the first has begun to write.
    await reached;
    const requests = { ...served.counts };
    const { code, output } = await run().ended;
    expect(output).toContain(`Another run of this machine (process ${first.child.pid})`);
    expect(code).toBe(2);
    expect(requests.put).toBe(1);
    expect(served.counts.put).toBe(1);
    expect(served.counts.delete).toBe(requests.delete);
    release();
    expect((await first.ended).code).toBe(0);
    expect(stored()).toBe(before);
  });

  test("a killed run's claim unlocks itself, also when its process number runs again", async () => {
    await start();
    const { code } = await run().ended;
    expect(code).toBe(0);
    const folder = join(state, 'logto-jwt-customizer');
    const { output } = await run([]).ended;
    const hash = /kept in .*\/([0-9a-f]{16})\.json/.exec((await run().ended).output)?.[1];
    expect(output).toContain('has customizers');
    // Process 1 runs on every machine; this claim is of a run that was killed an hour ago.
    writeFileSync(join(folder, `${hash}.json.claim.7`), '1');
    const { utimesSync } = await import('node:fs');
    utimesSync(
      join(folder, `${hash}.json.claim.7`),
      new Date(Date.now() - 3_600_000),
      new Date(Date.now() - 3_600_000),
    );
    expect((await run().ended).code).toBe(0);
    expect(files()).toEqual([]);
  });

  const theirs = {
    script: '// deployed by somebody else meanwhile\n',
    environmentVariables: { N: 'their-secret' },
  };

  test('from two machines: a write that is not its own stops it, and stays', async () => {
    let seen = 0;
    await start(async (request, next) => {
      seen += 1;
      const response = await next();
      if (seen === 40)
        await tenant.handle({
          method: 'PUT',
          path: '/api/configs/jwt-customizer/access-token',
          headers: {
            authorization: request.headers['authorization'] ?? '',
            'content-type': 'application/json',
          },
          body: JSON.stringify(theirs),
        });
      return response;
    });
    const { code, output } = await run(['--allow-overwrite']).ended;
    expect(output).toMatch(/stopped: somebody else changed access-token/);
    expect(output).toContain('Somebody else changed access-token');
    expect(output).not.toContain('their-secret');
    expect(code).toBe(3);
    expect(tenant.customizers['access-token']).toEqual(theirs);
    expect(tenant.customizers['client-credentials']).toBeUndefined();
    const [kept, ...rest] = files();
    expect(rest).toEqual([]);
    expect(kept).toMatch(/\.kept-.*\.json$/);
    expect(readFileSync(join(state, 'logto-jwt-customizer', kept ?? ''), 'utf8')).toContain(
      'secret-of-the-tenant',
    );
    expect(served.counts.put).toBeLessThan(40);
  });
});
