/** What push does on a conforming tenant, and exits with. */

import { statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveTenant } from '../conforming/index.ts';
import { createClosed, createDeploy, type Deploy, old, pushed, writeProject } from './deploy.test-helper.ts';

const onTerminal = new URL('./on-terminal.ts', import.meta.url);

let deploy: Deploy;
beforeEach(() => {
  deploy = createDeploy();
});
afterEach(() => deploy.reset());

const run = (...args: string[]) => deploy.run(args).ended;

test('deploys, is in step, does nothing the second time, and is rolled back and forth', async () => {
  await deploy.start();
  const before = JSON.stringify(deploy.tenant.customizers);
  const first = await run('push', '--yes');
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining('staging  pushed') });
  expect(deploy.stored()).toEqual(pushed);
  const after = JSON.stringify(deploy.tenant.customizers);
  expect(await run('status')).toMatchObject({
    code: 0,
    output: expect.stringMatching(
      /^staging {2}access-token in step \(pushed .*\); client-credentials in step/,
    ),
  });
  expect((await run('diff')).code).toBe(0);
  const again = await run('push');
  expect(again).toMatchObject({ code: 0, output: expect.stringContaining('nothing to change') });
  expect(deploy.writes()).toBe(2);
  expect(statSync(deploy.pathOf(deploy.files()[0] ?? '')).mode & 0o777).toBe(0o600);

  expect((await run('rollback', '--yes')).code).toBe(0);
  expect(JSON.stringify(deploy.tenant.customizers)).toBe(before);
  expect((await run('status')).output).toMatch(/access-token differs; client-credentials differs/);
  expect((await run('rollback', '--yes')).code).toBe(0);
  expect(JSON.stringify(deploy.tenant.customizers)).toBe(after);
});

test('writes nothing without --yes where nobody can be asked', async () => {
  await deploy.start();
  const { code, output } = await run('push');
  expect(output).toMatch(/^logto-jwt-customizer: .*nothing was written: .* needs --yes$/m);
  expect(code).toBe(2);
  expect(deploy.tenant.customizers).toEqual(old);
  expect(deploy.files()).toEqual([]);
});

test.each([
  { reply: 'y\n', code: 0, result: 'pushed' },
  { reply: 'n\n', code: 1, result: 'declined' },
  { reply: '\n', code: 1, result: 'declined' },
])('asks on a terminal: $result after $reply', async ({ reply, code, result }) => {
  await deploy.start();
  const command = deploy.run(['push'], { preload: onTerminal });
  await command.printed('[y/N]');
  command.child.stdin?.write(reply);
  const ended = await command.ended;
  expect(ended).toMatchObject({ code, output: expect.stringContaining(`staging  ${result}`) });
  expect(ended.output).toContain('the stored customizer was not pushed with this tool');
  expect(deploy.writes()).toBe(code === 0 ? 2 : 0);
});

test('is aborted by Ctrl-C at the question', async () => {
  await deploy.start();
  const command = deploy.run(['push'], { preload: onTerminal });
  await command.printed('[y/N]');
  command.child.kill('SIGINT');
  expect((await command.ended).code).toBe(3);
  expect(deploy.writes()).toBe(0);
  expect((await run('push', '--yes')).code).toBe(0);
});

test('is undone by Ctrl-C after the write', async () => {
  await deploy.start();
  const command = deploy.run(['push', '--yes']);
  deploy.served.setHook(async ({ method }, next) => {
    const response = await next();
    if (method === 'PUT' && deploy.writes() === 1) command.child.kill('SIGINT');
    return response;
  });
  const { code, output } = await command.ended;
  expect(deploy.tenant.customizers, output).toEqual(old);
  expect(code).toBe(3);
});

test('leaves a token type alone that the config does not name, and deletes one that is null', async () => {
  await deploy.start({ declared: { customizers: { 'access-token': null } } });
  expect((await run('push', '--yes')).code).toBe(0);
  expect(deploy.stored()).toEqual({ 'client-credentials': old['client-credentials'] });
});

test('pushes to several tenants until the first failure', async () => {
  await deploy.start();
  const second = await serveTenant({ release: '1.42' });
  writeProject(deploy.folder, { staging: deploy.served, gone: await createClosed(), production: second });
  const names = ['staging', 'gone', 'production'].flatMap((name) => ['-t', name]);
  const { code, output } = await run('push', '--yes', ...names);
  expect(output).toMatch(/^staging +pushed\ngone +failed\nproduction +not reached$/m);
  expect(code).toBe(3);
  expect(second.tenant.customizers).toEqual({});
  await second.close();
});

test('warns of a token that may expire before a failed push is undone', async () => {
  await deploy.start({
    hook: async ({ path }, next) => {
      const response = await next();
      if (path !== '/oidc/token') return response;
      return { ...response, body: JSON.stringify({ ...JSON.parse(response.body), expires_in: 600 }) };
    },
  });
  expect((await run('push', '--yes')).output).toContain('warning: it may expire');
});
