/** A push puts the old script back, with the token that it has, if the tool's own application gets no good token. */
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { TenantRequest, TenantResponse } from '../../src/tenant/index.ts';
import { createDeploy, fastClock, old } from './deploy.test-helper.ts';

interface HostileScript {
  name: string;
  does: 'denied' | 'slow' | 'claims' | 'scope';
  /** @default 1.43 */
  release?: string;
  script: string;
  environmentVariables?: string[];
}

const hostile: HostileScript[] = parse(
  readFileSync(new URL('./hostile-scripts.yaml', import.meta.url), 'utf8'),
);

const file = 'claims/client-credentials.js';

/** Takes the scope away from a token, in one of two ways. */
const withoutScope = (response: TenantResponse, name: string): TenantResponse => {
  const { scope: _, ...body } = JSON.parse(response.body);
  return { ...response, body: JSON.stringify(name.includes('empty') ? { ...body, scope: '' } : body) };
};

const push = async ({ name, does, release = '1.43', script, environmentVariables }: HostileScript) => {
  const deploy = createDeploy();
  const before = { 'client-credentials': old['client-credentials'] };
  let isStored = false;
  const late: TenantRequest[] = [];
  await deploy.start({
    release,
    // A slow one is slow, not stopped.
    scriptTimeout: does === 'slow' ? 12_000 : 2000,
    customizers: before as never,
    declared: {
      release,
      customizers: { 'client-credentials': { script: file, environmentVariables } },
      files: { [file]: script },
    },
    hook: async (request, next) => {
      const { method, path } = request;
      if (path.startsWith('/policy')) {
        const isKnown = path.endsWith('=token-1');
        if (does === 'slow' && !isKnown) await setTimeout(9000, undefined, { ref: false });
        return { status: isKnown ? 200 : 404, headers: {}, body: '{}' };
      }
      const isLate = path === '/oidc/token' && isStored;
      if (isLate) late.push(request);
      const response = await next();
      if (method === 'PUT') isStored = true;
      return isLate && does === 'scope' ? withoutScope(response, name) : response;
    },
  });
  const { url } = deploy.served;
  const ended = await deploy.run(['push', '--yes'], {
    preload: fastClock,
    env: { POLICY: `${url}/policy` },
  }).ended;
  const result = {
    ...ended,
    before,
    stored: deploy.tenant.customizers,
    late,
    puts: deploy.served.counts.put,
  };
  await deploy.reset();
  return result;
};

test('there are twenty', () => expect(hostile).toHaveLength(20));

describe.concurrent('the old script is stored again after a script that', { timeout: 60_000 }, () => {
  test.for(hostile)('$name', async (script, { expect }) => {
    const { code, output, before, stored, late, puts } = await push(script);
    expect(output).not.toContain('Error:');
    // It passed everything that comes before the write.
    expect(puts).toBe(2);
    expect(stored).toEqual(before);
    // The one token that shows what the script does. What puts it back has its token from before.
    expect(late).toHaveLength(1);
    const waits = [...output.matchAll(/waits (\d+) ms/g)].map(([, time]) => Number(time));
    expect(waits.reduce((sum, time) => sum + time, 0)).toBeLessThan(45_000);
    expect(output).toMatch(/as (they|it) (were|was) before/);
    expect(code).toBe(1);
  });
});
