/** The effects of the command on a live tenant: here the conforming one, over HTTP. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runContractCommand } from './conforming/command.ts';
import { afterWrites, type Hook, type Served, serveTenant } from './conforming/index.ts';
import { isNightly } from './nightly.ts';

/** Claims that a tenant's APIs use for authorization, and keys that storage reorders. */
const originals = {
  'access-token': {
    script: 'const getCustomJwtClaims = async () => ({ plan: "pro" }); // \u2028 "keep"\r\n',
    environmentVariables: { ZZ: 'secret-of-the-tenant', A: '2' },
    contextSample: { user: { id: 'u', customData: { longer: 1, b: [1, { z: null, a: 'x' }] } } },
  },
};

let state: string;
let served: Served;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'state-'));
});
afterEach(async () => {
  await served.close();
  rmSync(state, { recursive: true, force: true });
});

const start = async (release = '1.43', customizers: object = originals, hook?: Hook) => {
  served = await serveTenant({ release, customizers: customizers as never }, hook);
  return served.tenant;
};

const contract = (...args: string[]) => runContractCommand({ served, state, args });

/** The stored customizers, byte for byte, as GET returns them. */
const stored = (tenant: { customizers: unknown }): string => JSON.stringify(tenant.customizers);

const backups = (): string[] => {
  try {
    return readdirSync(join(state, 'logto-jwt-customizer')).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
};

/** None when the script fails, as on tenants. */
const claimsOf = async (call: string): Promise<unknown> => {
  try {
    return await runInContext(call, createContext({}), { timeout: 500 });
  } catch {
    return {};
  }
};

describe('on a tenant that has customizers', () => {
  // contracts/conforming/mutants/mutants.test.ts runs every case on each release.
  test.each(isNightly ? ['1.28', '1.42', '1.43'] : ['1.43'])(
    'of %s: green, they are as they were, byte for byte, and meanwhile tokens are issued as if there were none',
    async (release) => {
      const scripts = new Set<string>();
      const tenant = await start(release, originals, async (request, next) => {
        const response = await next();
        const isStored = ['PUT', 'PATCH'].includes(request.method) && response.status < 300;
        const body = new TextDecoder().decode(request.body as Uint8Array);
        if (isStored && !body.includes('secret-of-the-tenant'))
          scripts.add((JSON.parse(body) as { script: string }).script);
        return response;
      });
      const before = stored(tenant);
      const { code, output } = await contract('--allow-overwrite').ended;
      expect(output).toMatch(/^tenant: [12]\d\d passed, 0 failed/m);
      expect(code).toBe(0);
      expect(stored(tenant)).toBe(before);
      expect(backups()).toEqual([]);
      expect(output).not.toContain('secret-of-the-tenant');
      expect(output).not.toContain(tenant.clients.withRole.secret);

      expect(scripts.size).toBeGreaterThan(10);
      for (const script of scripts) {
        const call = `${script}\n;getCustomJwtClaims({ token: {}, context: { user: {} }, environmentVariables: { PLAN: 'pro' } })`;
        expect(await claimsOf(call), script.slice(0, 100)).toEqual({});
        expect(script.includes('denyAccess')).toBe(false);
      }
    },
  );

  test('it refuses to start without permission, warns how long claims would be missing, and writes nothing', async () => {
    await start();
    const { code, output } = await contract().ended;
    expect(output).toMatch(
      /has customizers \(access-token\)\. While the suite runs, about \d+ s, tokens are issued/,
    );
    expect(output).toContain('--allow-overwrite');
    expect(code).toBe(2);
    expect(served.counts).toMatchObject({ put: 0, patch: 0, delete: 0, test: 0 });
    expect(backups()).toEqual([]);
  });

  test('CONTRACT_ALLOW_OVERWRITE=1 allows it as well', async () => {
    await start();
    process.env['CONTRACT_ALLOW_OVERWRITE'] = '1';
    const { ended } = contract('-t', 'GET answers');
    delete process.env['CONTRACT_ALLOW_OVERWRITE'];
    expect((await ended).code).toBe(0);
  });

  test('it prints the location of the backup before it writes', async () => {
    const { hook, reached } = afterWrites(1);
    await start('1.43', originals, hook);
    const run = contract('--allow-overwrite', '-t', 'GET answers');
    await reached;
    await run.printed('are kept in');
    expect(backups()).toHaveLength(1);
    await run.ended;
  });
});

test('on a tenant without customizers it needs no permission and leaves none behind', async () => {
  const tenant = await start('1.43', {});
  const { code } = await contract('-t', 'GET answers').ended;
  expect(code).toBe(0);
  expect(served.counts.put).toBeGreaterThan(0);
  expect(stored(tenant)).toBe('{}');
});

describe('the customizers are restored after', () => {
  // contracts/harm/ has the other ways to end.
  test('SIGINT: at once, with exit code 3', async () => {
    const { hook, reached } = afterWrites(5);
    const tenant = await start('1.43', originals, hook);
    const before = stored(tenant);
    const run = contract('--allow-overwrite');
    await reached;
    run.child.kill('SIGINT');
    const { code, output } = await run.ended;
    expect(output).toMatch(/Restored the customizers of /);
    expect(code).toBe(3);
    expect(stored(tenant)).toBe(before);
    expect(backups()).toEqual([]);
  });

  test('Ctrl-C twice: it waits until they are restored', async () => {
    const { hook, reached } = afterWrites(5);
    const tenant = await start('1.43', originals, hook);
    const before = stored(tenant);
    const run = contract('--allow-overwrite');
    await reached;
    run.child.kill('SIGINT');
    await run.printed('Interrupted: stopping the run');
    run.child.kill('SIGINT');
    const { code, output } = await run.ended;
    expect(output).toMatch(/Interrupted after \d+ cases/);
    expect(code).toBe(3);
    expect(stored(tenant)).toBe(before);
  });

  test('a case that fails', async () => {
    const tenant = await start('1.43', originals, async ({ method }, next) => {
      const response = await next();
      return method === 'PATCH' && response.status === 200 ? { ...response, status: 202 } : response;
    });
    const before = stored(tenant);
    const { code, output } = await contract('--allow-overwrite', '-t', 'PATCH').ended;
    expect(output).toContain('expected 200, found 202');
    expect(code).toBe(1);
    expect(stored(tenant)).toBe(before);
  });
});

test('a failure has the same text in JUnit and in GitHub annotations', async () => {
  await start('1.43', {}, async ({ method }, next) => {
    const response = await next();
    return method === 'PUT' && response.status === 201 ? { ...response, status: 200 } : response;
  });
  const report = join(state, 'junit.xml');
  const reporters = ['--reporter', 'github-actions', '--reporter', 'junit', `--outputFile.junit=${report}`];
  const { code, output } = await contract('-t', 'PUT creates a customizer', ...reporters).ended;
  expect(code).toBe(1);
  for (const text of [
    decodeURIComponent(output.replaceAll(/%(?![0-9A-F]{2})/g, '%25')),
    readFileSync(report, 'utf8'),
  ]) {
    expect(text).toContain('status: expected 201, found 200');
    expect(text).toContain('curl -i -X PUT');
    expect(text).toContain('explained by: logto-jwt-customizer rules put-replaces');
  }
  expect(output).toContain('::error file=');
});

test('its requests go out one at a time', async () => {
  let open = 0;
  let most = 0;
  await start('1.43', {}, async (_, next) => {
    open += 1;
    most = Math.max(most, open);
    const response = await next();
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return response;
  });
  await contract('-t', 'PATCH').ended;
  expect(most).toBe(1);
});
