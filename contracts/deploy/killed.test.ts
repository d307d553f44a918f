/** A push that is killed, refused or cut off at any step leaves the old state whole or the new one; `status` says which. */
import { rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TenantRequest } from '../../src/tenant/index.ts';
import type { Run } from '../conforming/command.ts';
import type { Hook } from '../conforming/index.ts';
import { isNightly } from '../nightly.ts';
import { createDeploy, type Deploy, fastClock, old, pushed } from './deploy.test-helper.ts';

const faults = new URL('../conforming/file-fault.ts', import.meta.url);

let deploy: Deploy;
beforeEach(() => {
  deploy = createDeploy();
});
afterEach(() => deploy.reset());

const push = (more: Parameters<Deploy['run']>[1] = {}): Run =>
  deploy.run(['push', '--yes'], { preload: fastClock, ...more });

/** What an interrupted push leaves until the next command. */
const leftover = (): string[] => deploy.files().filter((name) => /^[0-9a-f]+\.json$/.test(name));

/** What is stored after a push that ended at this step, and what `status` says. */
const expectWhole = async (step: string): Promise<'old' | 'new'> => {
  const isUntouched = isDeepStrictEqual(deploy.tenant.customizers, old) && leftover().length === 0;
  if (isUntouched && !isNightly) return 'old';
  const { code, output } = await deploy.run(['status'], { preload: fastClock }).ended;
  const state = code === 0 ? 'new' : 'old';
  expect(deploy.stored(), `${step}\n${output}`).toEqual(state === 'new' ? pushed : old);
  const says = state === 'new' ? 'in step' : 'differs';
  expect(output, step).toMatch(
    new RegExp(`^staging +access-token ${says}.*; client-credentials ${says}`, 'm'),
  );
  expect(code, step).toBe(state === 'new' ? 0 : 1);
  // The claim of a dead process stops nobody: the push of the next round shows it.
  expect(
    deploy.files().filter((name) => /^[0-9a-f]+\.json$/.test(name)),
    step,
  ).toEqual([]);
  return state;
};

/** What a person does next works, with nothing to clean up. */
const expectNextPush = async (): Promise<void> => {
  const { code, output } = await push().ended;
  expect(output).toMatch(/^staging +(pushed|unchanged)/m);
  expect(code).toBe(0);
  expect(deploy.stored()).toEqual(pushed);
};

const again = async (hook?: Hook): Promise<void> => {
  // Otherwise, what the tenant has now would be a change made by hand since the last push.
  for (const name of deploy.files()) if (name.endsWith('.replaced.json')) rmSync(deploy.pathOf(name));
  await deploy.tenant.reset(old as never);
  deploy.served.setHook(hook);
};

type Strike = (run: Run, next: Parameters<Hook>[1]) => ReturnType<Hook>;

/** Strikes a push at the n-th request, with n rising until a push completes before it. */
const strikeAtEach = async (
  strike: Strike,
  { first = 1, stride = 1, times = 1, least = 15, counts = (_: TenantRequest): boolean => true } = {},
): Promise<string[]> => {
  const states: string[] = [];
  await deploy.start({ declared: { release: '1.43' } });
  for (let at = first; ; at += stride) {
    let seen = 0;
    let run: Run | undefined;
    await again((request, next) => {
      if (!counts(request)) return next();
      seen += 1;
      return seen >= at && seen < at + times ? strike(run as Run, next) : next();
    });
    run = push();
    const { code, output } = await run.ended;
    deploy.served.setHook(undefined);
    const completed = seen < at;
    if (completed) expect(code, output).toBe(0);
    states.push(await expectWhole(`request ${at}: ${code}\n${output}`));
    if (!completed) continue;
    expect(at).toBeGreaterThan(least);
    await again();
    await expectNextPush();
    return states;
  }
};

const refusal = {
  status: 503,
  headers: { 'content-type': 'application/json' },
  body: '{"code":"unavailable","message":"Try again later."}',
};

/** In the gate, each takes every fifth step. */
const stride = isNightly ? 1 : 5;

describe('the old or the new state is whole, and status says which', { timeout: 600_000 }, () => {
  test('killed at the n-th request, before the tenant handles it', async () => {
    const states = await strikeAtEach(({ child }) => {
      child.kill('SIGKILL');
      return 'reset';
    });
    expect(states.indexOf('new')).toBe(states.length - 1);
  });

  test('killed at the n-th request, when the tenant has handled it', async () => {
    // A tenant is the same before and after the others.
    const writes = !isNightly && { counts: ({ method }: TenantRequest) => method === 'PUT', least: 2 };
    const states = await strikeAtEach(async ({ child }, next) => {
      await next();
      child.kill('SIGKILL');
      return 'reset' as const;
    }, writes || {});
    expect(states.indexOf('new')).toBe(states.length - 1);
  });

  test('killed at the n-th file operation', async () => {
    await deploy.start({ declared: { release: '1.43' } });
    for (let at = isNightly ? 1 : 3; ; at += isNightly ? 1 : 3) {
      await again();
      const { code, output } = await push({
        preload: [faults, fastClock],
        env: { FAULT: 'SIGKILL', FAULT_AT: String(at) },
      }).ended;
      await expectWhole(`file operation ${at}: ${code}\n${output}`);
      const operations = Number(/file operations: (\d+)/.exec(output)?.[1] ?? Number.POSITIVE_INFINITY);
      if (operations >= at) continue;
      expect(code, output).toBe(0);
      expect(at).toBeGreaterThan(15);
      return;
    }
  });

  test.each([
    { what: 'refuses 3 requests', first: 1, times: 3, strike: () => refusal },
    { what: 'refuses for minutes', first: 2, times: 40, strike: () => refusal },
    { what: 'vanishes for 3 requests', first: 3, times: 3, strike: () => 'reset' as const },
    { what: 'vanishes for minutes', first: 4, times: 40, strike: () => 'reset' as const },
    {
      what: 'handles 3 requests without a response',
      first: 1,
      times: 3,
      strike: async (_: Run, next: () => Promise<unknown>) => {
        await next();
        return 'reset' as const;
      },
    },
  ])('the tenant $what, from the n-th on', async ({ first, times, strike }) => {
    await strikeAtEach(strike, { first: isNightly ? 1 : first, stride, times });
  });

  test('a write whose connection was cut, and that was retried, arrives at the n-th request after it', async () => {
    const file = 'claims/client-credentials.js';
    const script =
      'const getCustomJwtClaims = ({ token, api }) => (token.jti.length > 20 ? api.denyAccess("no") : {});\n';
    const before = { 'client-credentials': old['client-credentials'] };
    await deploy.start({
      declared: {
        release: '1.43',
        customizers: { 'client-credentials': { script: file } },
        files: { [file]: script },
      },
    });
    for (let at = 1; ; at += isNightly ? 1 : 3) {
      let cut: (() => Promise<unknown>) | undefined;
      let since = 0;
      await deploy.tenant.reset(before as never);
      deploy.served.setHook(async ({ method }, next) => {
        if (method === 'PUT' && cut === undefined) {
          cut = next;
          return 'reset';
        }
        if (cut !== undefined) since += 1;
        if (since === at) await cut?.();
        return next();
      });
      const { code, output } = await push().ended;
      expect(deploy.tenant.customizers, `request ${at}\n${output}`).toEqual(before);
      expect(code, output).toBe(1);
      // After the restoration, it looks once more.
      expect(output).toMatch(/waits 10000 ms/);
      if (since < at) break;
    }
  });
});
