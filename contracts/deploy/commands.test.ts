/** diff, rollback and status on a conforming tenant: what it does, refuses and exits with. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createClosed,
  createDeploy,
  type Deploy,
  fastClock,
  old,
  writeProject,
} from './deploy.test-helper.ts';

let deploy: Deploy;
beforeEach(() => {
  deploy = createDeploy();
});
afterEach(() => deploy.reset());

const run = (...args: string[]) => deploy.run(args).ended;

describe('diff', () => {
  test('names a customizer that the config does not', async () => {
    await deploy.start({ declared: { customizers: { 'access-token': null } } });
    expect((await run('diff')).output).toContain(
      'staging: there is a client-credentials customizer, which the config does not name: push leaves it alone',
    );
  });

  test('prints JSON alone on stdout, and Markdown', async () => {
    await deploy.start();
    const { code, output } = await run('diff', '--json');
    expect(JSON.parse(output)).toMatchObject({
      version: 1,
      tenants: {
        staging: {
          'access-token': { kind: 'replace', variables: [{ name: 'PLAN', change: 'changed' }] },
          'client-credentials': { kind: 'replace' },
        },
      },
    });
    expect(code).toBe(1);
    const markdown = await run('diff', '--markdown');
    expect(markdown.output).toContain('### JWT customizers of staging\n\n```diff\naccess-token (replace)');
    expect(markdown.code).toBe(1);
  });
});

test.each(['true', 'staging', 'access-token'])('a variable with the value %s', async (value) => {
  const customizer = {
    script: 'claims/access-token.js',
    environmentVariables: ['PLAN'],
    blockIssuanceOnError: true,
  };
  const files = { '.env': `PLAN=${value}` };
  await deploy.start({
    customizers: { 'access-token': old['access-token'] } as never,
    declared: { customizers: { 'access-token': customizer }, files },
  });
  expect(JSON.parse((await run('diff', '--json')).output)).toMatchObject({
    tenants: { staging: { 'access-token': { kind: 'replace', blockIssuanceOnError: { after: true } } } },
  });
  const { code, output } = await run('push', '--yes');
  expect(output).toContain('\nstaging: stored access-token\n');
  expect(code).toBe(0);
});

describe('rollback', () => {
  test('refuses when nothing is saved, and when someone has changed the tenant since', async () => {
    await deploy.start();
    const nothing = await run('rollback', '--yes');
    expect(nothing.output).toContain('no push from this machine has replaced anything');
    expect(nothing.code).toBe(1);
    await run('push', '--yes');
    deploy.changeByHand();
    const refused = await run('rollback', '--yes');
    expect(refused.output).toContain('access-token changed since that push');
    expect(refused.code).toBe(1);
    expect((await run('rollback', '--yes', '--force')).code).toBe(0);
    expect(deploy.tenant.customizers).toEqual(old);
  });

  test('restores a saved state by its path', async () => {
    await deploy.start();
    await run('push', '--yes');
    const saved = deploy.pathOf(deploy.files()[0] ?? '');
    deploy.write('saved.json', readFileSync(saved, 'utf8'));
    execFileSync('chmod', ['600', join(deploy.folder, 'saved.json')]);
    expect((await run('rollback', '--to', 'saved.json', '--yes')).code).toBe(0);
    expect(deploy.tenant.customizers).toEqual(old);
  });
});

describe('status', () => {
  test('leaves what a push stored if the tenant refuses what it had before, and keeps that in a file', async () => {
    await deploy.start();
    const push = deploy.run(['push', '--yes']);
    deploy.served.setHook(async ({ method }, next) => {
      const response = await next();
      if (method === 'PUT' && deploy.writes() === 2) push.child.kill('SIGKILL');
      return response;
    });
    await push.ended;
    deploy.served.setHook(({ method }, next) =>
      method === 'PUT' ? { status: 400, headers: {}, body: '{"code":"x"}' } : next(),
    );
    const { code, output } = await deploy.run(['status'], { preload: fastClock }).ended;
    expect(output).toMatch(/refuses what it had before that push .* It is kept in \S+\.kept-\S+\.json;/);
    expect(code, output).toBe(0);
    expect((await run('status')).output).toMatch(/^staging {2}access-token in step/);
  });

  test('has a line for every tenant, and exits with 3 when one cannot be reached', async () => {
    await deploy.start({ customizers: {} });
    writeProject(deploy.folder, { staging: deploy.served, gone: await createClosed() });
    const { code, output } = await run('status');
    expect(output).toMatch(
      /^staging {2}access-token absent; client-credentials absent\ngone {5}.*ECONNREFUSED\./m,
    );
    expect(code).toBe(3);
  });

  test('exits with 1 when a script cannot be built', async () => {
    const customizers = { 'access-token': { script: 'claims/a.ts' } };
    await deploy.start({ declared: { customizers, files: { 'claims/a.ts': 'enum Plan { Free }\n' } } });
    const { code, output } = await run('status');
    expect(output).toMatch(/^staging {2}claims\/a\.ts cannot be built\.$/m);
    expect(code).toBe(1);
  });
});

describe('every command', () => {
  test.each(['init', 'pull', 'diff', 'push', 'rollback', 'status'])(
    '%s stops at an unknown option, and has a help',
    async (command) => {
      await deploy.start();
      const unknown = await run(command, '--unknown');
      expect(unknown.output).toContain("Unknown option '--unknown'");
      expect(unknown.code).toBe(2);
      const help = await run(command, '--help');
      expect(help.output).toContain(`Usage: logto-jwt-customizer ${command}`);
      expect(help.code).toBe(0);
    },
  );

  test('chooses no tenant of several', async () => {
    await deploy.start();
    writeProject(deploy.folder, { staging: deploy.served, production: deploy.served });
    const { code, output } = await run('push', '--yes');
    expect(output).toContain('Choose a tenant with --tenant or LOGTO_TENANT: staging, production');
    expect(code).toBe(2);
  });
});
