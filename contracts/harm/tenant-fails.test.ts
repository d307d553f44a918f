/** The customizers are restored, no matter how a tenant fails during a run. */
import { describe, expect, test } from 'vitest';
import type { TenantRequest, TenantResponse } from '../../src/tenant/index.ts';
import {
  afterRequests,
  before,
  fastClock,
  few,
  original,
  outage,
  sessionRequests,
  useTenant,
} from './harm.test-helper.ts';

const harm = useTenant();
const { start, run, files, stored, startAgain } = harm;

const respond = (status: number, headers = {}): TenantResponse => ({ status, headers, body: '' });
/** A proxy's own response to any request. */
const proxy = (status: number, body: string, type = 'text/html'): TenantResponse => ({
  status,
  headers: { 'content-type': type },
  body,
});
const isCustomizer = ({ path }: TenantRequest): boolean => path.startsWith('/api/configs');

describe('in the middle', () => {
  test.each([
    ['the network fails for a moment', outage(16, 4, () => 'reset'), 3],
    ['the tenant responds with 500 for a while', outage(16, 5, () => respond(500)), 3],
    ['a proxy responds with 200 and its page', outage(26, 3, () => proxy(200, '<html>Back soon</html>')), 3],
    [
      'a gateway responds with 404 and its JSON',
      outage(28, 3, () => proxy(404, '{"message":"no Route matched"}', 'application/json')),
      1,
    ],
  ])('%s', async (_, hook, expected) => {
    await start(hook);
    const { code, output } = await run(few, { preload: fastClock }).ended;
    expect(output).toContain('Restored the customizers');
    expect(stored()).toBe(before);
    expect(files()).toEqual([]);
    expect(code).toBe(expected);
  });

  test("a page instead of the tenant's document is not quoted", async () => {
    await start((request, next) =>
      request.path === '/api/swagger.json' ? proxy(200, '<html>planted') : next(),
    );
    const { code, output } = await run().ended;
    expect(output).toContain('/api/swagger.json is HTML');
    expect(output).not.toContain('planted');
    expect(stored()).toBe(before);
    expect(code).toBe(3);
  });

  test('it stays unreachable: the cases stop, and the next run restores', async () => {
    let isDown = false;
    let requests = 0;
    await start((_, next) => {
      requests += 1;
      if (requests === 25) isDown = true;
      return isDown ? 'reset' : next();
    });
    const { code, output } = await run(['--allow-overwrite'], { preload: fastClock }).ended;
    expect(output).toMatch(/stopped: the tenant did not respond properly in 5 consecutive cases/);
    expect(requests).toBeLessThan(150);
    expect(output).toContain('the next run restores them first');
    expect(output).not.toContain('secret-of-the-tenant');
    expect(stored()).not.toBe(before);
    expect(code).toBe(3);
    isDown = false;
    await startAgain();
    expect(stored()).toBe(before);
    expect(files()).toEqual([]);
  }, 120_000);
});

describe('while they are restored', () => {
  /** Gives these responses to the restoring requests, except for the session's own rehearsal. */
  const restoring = (
    failures: readonly (TenantResponse | 'reset')[],
    isMet: (request: TenantRequest) => boolean,
  ) => {
    const left = [...failures];
    let hasBegun = false;
    const strike = afterRequests(sessionRequests, () => {
      hasBegun = true;
    });
    return async (request: TenantRequest, next: () => Promise<TenantResponse>) =>
      (hasBegun && isMet(request) ? left.shift() : undefined) ?? strike(request, next);
  };
  const isRestore = ({ method, body }: TenantRequest): boolean =>
    method === 'PUT' && new TextDecoder().decode(body as Uint8Array).includes('secret-of-the-tenant');

  test('it responds with 502 and 429 for minutes: each Retry-After is respected', async () => {
    const busy = respond(429, { 'retry-after': '120' });
    await start(restoring([...Array(12).fill(respond(502)), busy, busy], isRestore));
    const { code, output } = await run(few, { preload: fastClock }).ended;
    const waited = [...output.matchAll(/waits (\d+) ms/g)].map(([, time]) => Number(time));
    expect(waited.filter((time) => time === 120_000)).toHaveLength(2);
    expect(waited.reduce((sum, time) => sum + time, 0)).toBeGreaterThan(300_000);
    expect(output).toMatch(/Not restored yet: PUT \S+ returned 502\. Still trying/);
    expect(stored()).toBe(before);
    expect(files()).toEqual([]);
    expect(code).toBe(0);
  });

  test('if it refuses one customizer, the other is still restored', async () => {
    const both = { ...original, 'client-credentials': { script: '// of client credentials' } };
    await start(restoring(Array(1000).fill(respond(400)), isRestore), both);
    const { code, output } = await run(few, { preload: fastClock }).ended;
    expect(output).toContain('Could not restore access-token on');
    expect(code).toBe(3);
    expect(harm.tenant.customizers['client-credentials']).toEqual(both['client-credentials']);
    expect(files()).toHaveLength(1);
  });

  test('its earlier tokens are refused from then on: new ones are used', async () => {
    const seen = new Set<string | undefined>();
    const refused = new Set<string | undefined>();
    const strike = afterRequests(sessionRequests + 4, () => {
      for (const token of seen) refused.add(token);
    });
    await start(async (request, next) => {
      const token = request.headers['authorization'];
      if (!isCustomizer(request)) return next();
      seen.add(token);
      return refused.has(token)
        ? {
            status: 401,
            headers: { 'content-type': 'application/json' },
            body: '{"code":"auth.unauthorized","message":"x"}',
          }
        : strike(request, next);
    });
    const { output } = await run().ended;
    expect(refused.size).toBeGreaterThan(1);
    expect(output).toContain('Restored the customizers');
    expect(stored()).toBe(before);
  });
});
