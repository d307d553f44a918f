/** What pull brings from a conforming tenant, and refuses. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeploy, type Deploy, scripts } from './deploy.test-helper.ts';

let deploy: Deploy;
beforeEach(() => {
  deploy = createDeploy();
});
afterEach(() => deploy.reset());

const run = (...args: string[]) => deploy.run(args).ended;

describe('pull', () => {
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.email=ada@example.com', '-c', 'user.name=Ada'];
    execFileSync('git', [...identity, ...args], { cwd: deploy.folder, stdio: 'ignore' });
  };
  const commit = (): void => {
    if (!existsSync(join(deploy.folder, '.git'))) git('init');
    git('add', '--all');
    git('commit', '--message', 'All');
  };
  const script = '// \u{1F600}\r\nconst getCustomJwtClaims = async () => ({ plan: "free" });  ';
  const present = {
    script,
    environmentVariables: { PLAN: 'a "quoted" value', REGION: 'eu' },
    contextSample: { user: { name: 'Ada' } },
    blockIssuanceOnError: true,
  };

  test('brings the script byte for byte, the sample, the names of variables, and values to .env.<tenant>', async () => {
    await deploy.start({
      customizers: { 'access-token': present } as never,
      declared: { files: { '.gitignore': '.env*' } },
    });
    const uncommitted = await run('pull');
    expect(uncommitted.output).toContain('claims/access-token.js is in no git repository');
    expect(uncommitted.code).toBe(2);
    commit();
    const { code, output } = await run('pull');
    expect(output).toContain('added PLAN, REGION to .env.staging');
    expect(code).toBe(0);
    expect(deploy.read('claims/access-token.js')).toBe(script);
    expect(JSON.parse(deploy.read('claims/access-token.sample.json'))).toEqual({
      context: present.contextSample,
    });
    expect(deploy.read('.env.staging')).toContain(`PLAN='a "quoted" value'\nREGION=eu\n`);
    expect(deploy.read('logto.config.mts')).toContain(`"environmentVariables": ['PLAN', 'REGION']`);
    expect((await run('status')).output).toContain('access-token in step');
    expect((await run('pull')).output).toContain('nothing to change');
  });

  test('leaves the script alone that was pushed from here, and brings what was changed since', async () => {
    await deploy.start({ declared: { files: { '.gitignore': '.env*' } } });
    commit();
    await run('push', '--yes');
    expect(await run('pull')).toMatchObject({ code: 0, output: expect.stringContaining('is left alone') });
    expect(deploy.read('claims/access-token.js')).toBe(scripts['access-token']);
    Object.assign(deploy.tenant.customizers, {
      'client-credentials': { script: 'const getCustomJwtClaims = async () => ({ hand: true });' },
    });
    await run('pull');
    expect(deploy.read('claims/client-credentials.js')).toBe(
      'const getCustomJwtClaims = async () => ({ hand: true });',
    );
  });

  test('has one value of a variable for both token types', async () => {
    const valued = (PLAN: string) => ({ script, environmentVariables: { PLAN } });
    const customizers = { 'access-token': valued('one'), 'client-credentials': valued('two') };
    await deploy.start({
      customizers: customizers as never,
      declared: { files: { '.gitignore': '.env*', '.env': '' } },
    });
    commit();
    const { code, output } = await run('pull');
    expect(output).toContain('different values of PLAN for access-token and client-credentials');
    expect(code).toBe(2);
    expect(deploy.read('.env.staging')).not.toContain('PLAN');
  });

  test('writes no values to a file that would be committed', async () => {
    await deploy.start({ customizers: { 'access-token': present } as never });
    commit();
    const { code, output } = await run('pull');
    expect(output).toContain('.env.staging would be committed with the values of environment variables');
    expect(code).toBe(2);
  });
});
