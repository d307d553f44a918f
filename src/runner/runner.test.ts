import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createRunner } from './index.ts';
import { body, openScripts } from './runner.test-helper.ts';

const counter = 'let n = 0; const getCustomJwtClaims = () => ({ n: ++n });';
const counted = (n: number) => ({ status: 200, claims: { n } });

test('state at top level is fresh each time up to 1.42', async () => {
  const scripts = openScripts({ release: '1.42' });
  expect(await scripts.issue(counter)).toEqual(counted(1));
  expect(await scripts.test(counter)).toEqual(counted(1));
  expect(await scripts.issue(counter)).toEqual(counted(1));
});

describe('on 1.43 state at top level', () => {
  test('lives on between tokens and tests', async () => {
    const scripts = openScripts({ release: '1.43' });
    expect(await scripts.issue(counter)).toEqual(counted(1));
    expect(await scripts.test(counter)).toEqual(counted(2));
    expect(await scripts.issue(counter)).toEqual(counted(3));
    expect(await scripts.test(`${counter} `)).toEqual(counted(1));
  });

  test('is that of one tenant', async () => {
    const [one, another] = [openScripts({ release: '1.43' }), openScripts({ release: '1.43' })];
    await one.test(counter);
    expect(await another.test(counter)).toEqual(counted(1));
  });

  test('is lost when four other scripts have run since', async () => {
    const scripts = openScripts({ release: '1.43' });
    const others = [1, 2, 3, 4].map((n) => body(`return { n: ${n} };`));
    await scripts.test(counter);
    for (const script of others.slice(1)) await scripts.test(script);
    expect(await scripts.test(counter)).toEqual(counted(2));
    for (const script of others) await scripts.test(script);
    expect(await scripts.test(counter)).toEqual(counted(1));
  });

  test('is lost with the worker', async () => {
    const scripts = openScripts({ release: '1.43' });
    const script = 'let n = 0; const getCustomJwtClaims = () => ++n === 2 ? process.exit() : { n };';
    expect(await scripts.test(script)).toEqual(counted(1));
    expect(await scripts.test(script)).toMatchObject({ status: 422 });
    expect(await scripts.test(script)).toEqual(counted(1));
  });
});

describe('the argument of a script', () => {
  const all = ['token', 'context', 'environmentVariables', 'api'];
  const script = `const getCustomJwtClaims = (argument) => ({
    names: Object.keys(argument), api: Object.keys(argument.api), isFrozen: Object.isFrozen(argument.api)
  });`;

  test.each([
    ['1.28', 'access-token', all],
    ['1.36', 'client-credentials', ['token', 'environmentVariables', 'api']],
    ['1.37', 'client-credentials', all],
    ['1.43', 'access-token', all],
    ['1.43', 'client-credentials', all],
  ] as const)('has on %s, for %s, %j', async (release, tokenType, names) => {
    const runner = createRunner({ release });
    onTestFinished(() => runner.close());
    expect(await runner.test({ tokenType, script })).toEqual({
      status: 200,
      claims: { names, api: ['denyAccess'], isFrozen: true },
    });
  });

  test.each(['1.42', '1.43'])('comes whole on %s', async (release) => {
    const runner = createRunner({ release });
    onTestFinished(() => runner.close());
    const data = {
      token: { text: 'é\u0000\ud83d\ude00\ud800', deep: [{ n: -1.5, none: null }] },
      context: { '': true },
      environmentVariables: { K: 'v' },
    };
    const echo = 'const getCustomJwtClaims = ({ api, ...data }) => data;';
    expect(await runner.test({ tokenType: 'access-token', script: echo, ...data })).toEqual({
      status: 200,
      claims: data,
    });
  });
});

test.each(['1.42', '1.43'])('many scripts at once are all answered on %s', async (release) => {
  const scripts = openScripts({ release, timeout: 20_000 });
  const script = (n: number) => body(`await fetch('data:,'); return { n: ${n % 5} };`);
  const outcomes = await Promise.all([...Array(10).keys()].map((n) => scripts.test(script(n))));
  expect(outcomes).toEqual([...Array(10).keys()].map((n) => counted(n % 5)));
});

test('scripts are given none of the variables of this process', async () => {
  process.env['RUNNER_TEST_SECRET'] = 'of-this-test-alone';
  onTestFinished(() => {
    delete process.env['RUNNER_TEST_SECRET'];
  });
  const scripts = openScripts({ release: '1.43' });
  const found = await scripts.test(
    body('return { path: process.env.PATH, all: JSON.stringify(process.env) };'),
  );
  expect(found).toMatchObject({ status: 200, claims: { path: process.env['PATH'] } });
  expect(JSON.stringify(found)).not.toContain('of-this-test-alone');
});

describe('a runner', () => {
  test('that is closed rejects what still runs, and runs again', async () => {
    const scripts = openScripts({ release: '1.43' });
    const running = scripts.test(body('await new Promise(() => {});'));
    scripts.close();
    await expect(running).rejects.toThrow('The runner was closed while a script ran');
    expect(await scripts.test(counter)).toEqual(counted(1));
  });

  test('rejects what it cannot run at all', async () => {
    const scripts = openScripts({ release: '1.43', execPath: '/no/such/node' });
    await expect(scripts.test(counter)).rejects.toThrow('ENOENT');
  });

  test('is not made for what is no release', () => {
    expect(() => createRunner({ release: 'latest' })).toThrow('"latest" is not a release of Logto');
  });
});

describe('a process that never closes its runner', () => {
  const run = promisify(execFile);
  const program = (release: string) => `
    import { createRunner } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
    const runner = createRunner({ release: '${release}' });
    const script = \`const getCustomJwtClaims = async () => {
      console.log('printed by the script');
      await fetch('data:,');
      return { pid: fetch.constructor.constructor('return process')().pid };
    };\`;
    const { claims } = await runner.test({ tokenType: 'access-token', script });
    console.log(claims.pid);
  `;
  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  test.each(['1.42', '1.43'])('ends by itself on %s, and its scripts with it', async (release) => {
    const args = ['--input-type=module', '-e', program(release)];
    const { stdout, stderr } = await run(process.execPath, args);
    const pid = Number(stdout);
    expect(pid).toBeGreaterThan(0);
    await vi.waitUntil(() => !isAlive(pid), { timeout: 20_000 });
    expect(stderr).toBe('');
  });
});
