/** If somebody else writes to the tenant meanwhile, their change stays. */
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { TenantRequest } from '../../src/tenant/index.ts';
import { isNightly } from '../nightly.ts';
import {
  afterRequests,
  before,
  few,
  original,
  sessionRequests,
  useTenant,
  workerOf,
} from './harm.test-helper.ts';

const harm = useTenant();
const { start, run, files, pathOf, stored, deploy } = harm;

const theirs = {
  script: '// deployed by somebody else meanwhile\n',
  environmentVariables: { N: 'their-secret' },
};

/** The run ended because of their change, left it in place, and kept the backup. */
const expectTheirs = async (
  { code, output }: { code: number | null; output: string },
  deployed: object | null = theirs,
): Promise<void> => {
  expect(harm.tenant.customizers['access-token'] ?? null).toEqual(deployed);
  expect(output).toContain('Someone else changed access-token');
  expect(output).not.toContain('their-secret');
  expect(code).toBe(3);
  const [kept = '', ...rest] = files();
  expect(rest).toEqual([]);
  expect(kept).toMatch(/\.kept-.*\.json$/);
  expect(readFileSync(pathOf(kept), 'utf8')).toContain('secret-of-the-tenant');
};

describe('a deployment', () => {
  test('before the first write, while the mock is tested, is saved and restored', async () => {
    await start(afterRequests(3, () => deploy(theirs)));
    const { code, output } = await run(['--target', 'mock', ...few]).ended;
    expect(output).toContain('Restored the customizers');
    expect(code).toBe(0);
    expect(harm.tenant.customizers).toEqual({ 'access-token': theirs });
    expect(files()).toEqual([]);
  });

  test('between the backup and the first case', async () => {
    await start(afterRequests(sessionRequests, () => deploy(theirs)));
    await expectTheirs(await run().ended);
  });

  test('that deletes', async () => {
    await start(afterRequests(sessionRequests, () => deploy(undefined)));
    await expectTheirs(await run().ended, null);
  });

  test('during a case that cannot run', async () => {
    let failures = 0;
    await start(async (request, next) => {
      if (request.method !== 'PATCH') return next();
      failures += 1;
      if (failures === 1) await deploy(theirs);
      return 'reset';
    });
    await expectTheirs(await run(['--allow-overwrite', '-t', 'PATCH']).ended);
  });

  test.each([
    ['blank', ''],
    ['blank except for a comment', ' // \n'],
    ['that begins like ours', 'const getCustomJwtClaims = async () => ({});'],
  ])('whose script is %s', async (_, script) => {
    const report = pathOf('../report.json');
    const deployed = { script, environmentVariables: { N: 'their-secret' } };
    await start(async ({ method, path }, next) => {
      const response = await next();
      if (method === 'PATCH' && path.endsWith('access-token')) await deploy(deployed);
      return response;
    });
    const args = ['--allow-overwrite', '-t', 'PATCH', '--report', `json=${report}`];
    await expectTheirs(await run(args).ended, deployed);
    expect(readFileSync(report, 'utf8')).not.toContain('their-secret');
  });

  test('at the n-th request: it stays, unless a write of ours was already in flight', async () => {
    let requests = 0;
    const isOfType = ({ path }: TenantRequest): boolean => path.endsWith('access-token');
    for (let at = sessionRequests; ; at += isNightly ? 1 : 7) {
      requests = 0;
      let isOnItsWay: boolean | undefined;
      const count = afterRequests(at, () => deploy(theirs));
      await start(async (request, next) => {
        if (requests >= at && isOfType(request)) isOnItsWay ??= request.method !== 'GET';
        if (request.path.startsWith('/api/configs')) requests += 1;
        return count(request, next);
      });
      const ended = await run().ended;
      if (requests < at) break;
      // After the last case it does not affect the results.
      if (isOnItsWay === false) await expectTheirs({ ...ended, code: ended.code || 3 });
      await harm.reset();
    }
    expect(requests).toBeGreaterThan(20);
  }, 300_000);
});

describe('another run', () => {
  /** Holds the first write of the first run until it is released. */
  const held = async () => {
    let letGo: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let reach: () => void = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    let writes = 0;
    await start(async ({ method }, next) => {
      if (method === 'PUT') writes += 1;
      if (method === 'PUT' && writes === 1) {
        reach();
        await gate;
      }
      return next();
    });
    const first = run();
    await reached;
    return { first, letGo };
  };
  const claimOf = (): string => pathOf(files().find((name) => name.includes('.claim.')) ?? '');

  test('on this machine: the second stops before it writes', async () => {
    const { first, letGo } = await held();
    const requests = { ...harm.served.counts };
    const { code, output } = await run().ended;
    expect(output).toContain(`Another run on this machine (process ${first.child.pid})`);
    expect(code).toBe(2);
    expect(harm.served.counts.put).toBe(requests.put);
    expect(harm.served.counts.delete).toBe(requests.delete);
    letGo();
    expect((await first.ended).code).toBe(0);
    expect(stored()).toBe(before);
  });

  test('in a container that shares the folder but not the processes', async () => {
    const { first, letGo } = await held();
    const file = claimOf();
    const claim = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...claim, pid: 4_000_000, place: 'another container' }));
    const { code, output } = await run().ended;
    expect(output).toContain('A run of another machine or container that shares this folder');
    expect(code).toBe(2);
    letGo();
    expect((await first.ended).code).toBe(0);
    expect(stored()).toBe(before);
  });

  test('takes over from one that was suspended for a minute, which then writes nothing more', async () => {
    let suspend: () => void = () => {};
    await start(afterRequests(sessionRequests + 6, () => suspend()));
    const first = run();
    const suspended = new Promise<void>((resolve) => {
      suspend = () => {
        process.kill(workerOf(first), 'SIGSTOP');
        first.child.kill('SIGSTOP');
        resolve();
      };
    });
    await suspended;
    const aMinuteAgo = new Date(Date.now() - 90_000);
    utimesSync(claimOf(), aMinuteAgo, aMinuteAgo);
    const worker = workerOf(first);
    const second = await run().ended;
    expect(second.output).toContain('An earlier run did not end');
    expect(second.code).toBe(0);
    expect(stored()).toBe(before);
    const { put, delete: deleted, patch } = harm.served.counts;
    // Its worker would check the clock, which did not advance as far here.
    first.child.kill('SIGCONT');
    const { code, output } = await first.ended;
    expect(() => process.kill(worker, 0)).toThrow('ESRCH');
    expect(output).toContain('This run was suspended, and another one has taken over');
    expect(code).toBe(3);
    expect(harm.served.counts).toMatchObject({ put, delete: deleted, patch });
    expect(stored()).toBe(before);
    expect(files()).toEqual([]);
  });

  test('from another machine, running or killed, is detected by what it stores', async () => {
    await start(undefined, {
      'access-token': { script: '/* The contract suite stores this, so that no token changes: */' },
    });
    const { code, output } = await run().ended;
    expect(output).toContain('a run on another machine is using the tenant, or was killed');
    expect(code).toBe(2);
    expect(harm.served.counts).toMatchObject({ put: 0, patch: 0, delete: 0 });
  });

  test('that was killed loses its claim, even if its process id is reused', async () => {
    await start();
    const hash = /kept in .*\/([0-9a-f]{16})\.json/.exec((await run().ended).output)?.[1];
    // Process 1 runs on every machine; this claim is of a run that was killed an hour ago.
    const file = pathOf(`${hash}.json.claim.7`);
    writeFileSync(file, '1');
    utimesSync(file, new Date(Date.now() - 3_600_000), new Date(Date.now() - 3_600_000));
    expect((await run().ended).code).toBe(0);
    expect(files()).toEqual([]);
  });
});

describe('customizers are compared entirely: variables that somebody changes in the original stay', () => {
  const changed = { ...original['access-token'], environmentVariables: { KEY: 'their-secret' } };

  test('before the first case', async () => {
    await start(afterRequests(sessionRequests, () => deploy(changed)));
    await expectTheirs(await run().ended, changed);
  });

  test('during the first case', async () => {
    await start(async ({ method, path }, next) => {
      const response = await next();
      if (method === 'PATCH' && path.endsWith('access-token')) await deploy(changed);
      return response;
    });
    await expectTheirs(await run(['--allow-overwrite', '-t', 'PATCH']).ended, changed);
  });
});
