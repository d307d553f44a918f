/** A run does not start if it could not restore the customizers, and restores only its own backup. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backupPath } from '../../src/session/backup.ts';
import { original, useTenant } from './harm.test-helper.ts';

const harm = useTenant();
const { start, run, stored } = harm;

const wroteNothing = (): void => {
  expect(harm.served.counts).toMatchObject({ put: 0, patch: 0, delete: 0 });
};

const script = 'const getCustomJwtClaims = async () => ({});';

describe('a tenant with content that it would refuse is left unchanged', () => {
  test.each([
    ['1.4 MB', { script: `// ${'x'.repeat(1_400_000)}` }, /has 14\d+ bytes, more than the 1048576/],
    [
      'a number too large for JSON, which reads back as null',
      { script, contextSample: { user: { createdAt: Number.POSITIVE_INFINITY } } },
      /has fields that Logto .* refuses: \/contextSample\/user\//,
    ],
  ])('%s', async (_, customizer, why) => {
    await start(undefined, { 'access-token': customizer });
    const is = stored();
    const { code, output } = await run().ended;
    expect(output).toMatch(why);
    expect(output).toContain('the run does not start');
    expect(code).toBe(2);
    expect(stored()).toBe(is);
    wroteNothing();
  });

  test('content of an older release, which the current one would drop', async () => {
    const older = { script, contextSample: { user: { id: 'u', ofAnOlderRelease: 'x' } } };
    await start(
      async ({ method, path }, next) => {
        const response = await next();
        const isShown = method === 'GET' && path.endsWith('access-token');
        return isShown ? { ...response, body: JSON.stringify(older) } : response;
      },
      { 'access-token': older },
    );
    const { code, output } = await run().ended;
    expect(output).toContain(
      'has fields that Logto 1.43 or later drops: /contextSample/user/ofAnOlderRelease:',
    );
    expect(code).toBe(2);
    wroteNothing();
  });

  test('a value that it cannot read back', async () => {
    await start(({ method, path }, next) =>
      method === 'GET' && path.endsWith('client-credentials')
        ? { status: 500, headers: {}, body: '' }
        : next(),
    );
    const { code, output } = await run().ended;
    expect(output).toContain('holds a value that it cannot read back: PUT or DELETE that customizer');
    expect(code).toBe(3);
    wroteNothing();
  });

  test('a value that it refuses for an unknown reason', async () => {
    await start(async ({ method }, next) =>
      method === 'PUT' ? { status: 400, headers: {}, body: '{}' } : next(),
    );
    const is = stored();
    const { code, output } = await run().ended;
    expect(output).toMatch(/is not accepted unchanged \(PUT .* returned 400\)/);
    expect(code).toBe(2);
    expect(stored()).toBe(is);
    expect(harm.served.counts).toMatchObject({ put: 1, patch: 0, delete: 0 });
  });
});

describe('a planted backup is never sent', () => {
  const planted = (endpoint: string, customizers: unknown) =>
    JSON.stringify({ endpoint, savedAt: new Date(0).toISOString(), customizers });
  const evil = { 'access-token': JSON.stringify({ script: '// planted' }), 'client-credentials': null };

  test.each<[string, RegExp, (path: string, url: string) => void]>([
    [
      'readable by others',
      /has mode 0644 instead of 0600/,
      (path, url) => {
        writeFileSync(path, planted(url, evil));
        chmodSync(path, 0o644);
      },
    ],
    [
      'of another tenant',
      /is the backup of https:\/\/other\.example/,
      (path) => writeFileSync(path, planted('https://other.example', evil), { mode: 0o600 }),
    ],
    [
      'in another format',
      /has another structure/,
      (path, url) => writeFileSync(path, planted(url, { 'access-token': 1 }), { mode: 0o600 }),
    ],
    [
      'behind a link',
      /is a symbolic link/,
      (path, url) => {
        writeFileSync(`${path}.there`, planted(url, evil), { mode: 0o600 });
        symlinkSync(`${path}.there`, path);
      },
    ],
    [
      'in a folder that is writable by others',
      /other users can write to it/,
      (path, url) => {
        writeFileSync(path, planted(url, evil), { mode: 0o600 });
        chmodSync(join(path, '..'), 0o777);
      },
    ],
  ])('%s', async (_, why, plant) => {
    await start();
    const path = backupPath(harm.served.url, { XDG_STATE_HOME: harm.state });
    mkdirSync(join(path, '..'), { mode: 0o700 });
    plant(path, harm.served.url);
    const { code, output } = await run().ended;
    expect(output).toMatch(why);
    expect(code).toBe(2);
    wroteNothing();
    expect(harm.tenant.customizers).toEqual(original);
  });
});
