/** What push refuses on a conforming tenant, says and exits with. */

import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDeploy, type Deploy, fastClock, old, pushed, writeProject } from './deploy.test-helper.ts';

let deploy: Deploy;
beforeEach(() => {
  deploy = createDeploy();
});
afterEach(() => deploy.reset());

const run = (...args: string[]) => deploy.run(args).ended;

test('refuses to overwrite what was changed by hand, which --force shows and overwrites', async () => {
  await deploy.start();
  await run('push', '--yes');
  deploy.changeByHand();
  expect((await run('status')).output).toContain('access-token changed by hand');
  const refused = await run('push', '--yes');
  expect(refused.output).toContain(
    'staging: the access-token customizer was changed by hand since the last push. Bring it into the folder with pull, or overwrite it with --force.',
  );
  expect(refused.code).toBe(1);
  const forced = await run('push', '--yes', '--force');
  expect(forced.output).toMatch(/^-const getCustomJwtClaims = async \(\) => \(\{ hand: true \}\);/m);
  expect(forced.code).toBe(0);
  expect(deploy.stored()).toEqual(pushed);
});

test('refuses to remove what the folder does not declare', async () => {
  const present = { ...old['access-token'], environmentVariables: { PLAN: 'free', REGION: 'eu' } };
  await deploy.start({ customizers: { 'access-token': present } as never });
  const { code, output } = await run('push', '--yes');
  expect(output).toContain(
    'the access-token customizer has what the folder does not declare (environment variable REGION)',
  );
  expect(code).toBe(1);
  expect(deploy.writes()).toBe(0);
  expect((await run('push', '--yes', '--force')).code).toBe(0);
});

test('needs the value of each variable before it sends anything', async () => {
  await deploy.start({ declared: { files: { '.env': '' } } });
  const { code, output } = await run('push', '--yes');
  expect(output).toContain('access-token declares environment variables without a value: PLAN (not set)');
  expect(code).toBe(2);
  expect(deploy.served.counts.token).toBe(0);
});

test('refuses samples with fields that tenants drop', async () => {
  const customizer = {
    script: 'claims/access-token.js',
    environmentVariables: ['PLAN'],
    sample: 'sample.json',
  };
  const files = { 'sample.json': '{"context": {"user": {"nickName": "Ada"}}}' };
  await deploy.start({ declared: { customizers: { 'access-token': customizer }, files } });
  const { code, output } = await run('push', '--yes');
  expect(output).toContain('drop /contextSample/user/nickName of the access-token customizer silently');
  expect(code).toBe(1);
});

test('refuses to replace what it could not restore', async () => {
  const present = { ...old['client-credentials'], ofTheDatabase: true };
  await deploy.start({ customizers: { 'client-credentials': present } as never });
  const { code, output } = await run('push', '--yes', '--force');
  expect(output).toMatch(
    /client-credentials customizer has fields that Logto .* refuses: \/ofTheDatabase\. .* could not be restored/,
  );
  expect(code).toBe(1);
  expect(deploy.tenant.customizers).toEqual({ 'client-credentials': present });
  expect(deploy.files()).toEqual([]);
});

test.each([
  {
    what: 'drops a field silently',
    field: 'contextSample',
    message: 'different when read back: contextSample.',
  },
  { what: 'refuses a field', field: 'blockIssuanceOnError', message: "'blockIssuanceOnError'." },
])(
  'is undone on a tenant of an older release than the config names, which $what',
  async ({ field, message }) => {
    const customizer = {
      script: 'claims/client-credentials.js',
      ...(field === 'contextSample' ? { sample: 'sample.json' } : { blockIssuanceOnError: true }),
    };
    const customizers = { 'access-token': { script: old['access-token']['script'] } };
    await deploy.start({
      release: '1.28',
      customizers: customizers as never,
      declared: {
        release: '1.43',
        customizers: { 'access-token': customizer },
        files: { 'sample.json': '{}' },
      },
    });
    const { code, output } = await deploy.run(['push', '--yes'], { preload: fastClock }).ended;
    expect(output).toContain(`${message} The customizers are as they were before.`);
    expect(code).toBe(1);
    expect(deploy.tenant.customizers).toEqual(customizers);
    expect(deploy.files()).toEqual([]);
  },
);

test('names the customizer that someone else changed meanwhile', async () => {
  await deploy.start({
    hook: async ({ path }, next) => {
      if (path.endsWith('/test')) deploy.changeByHand();
      return next();
    },
  });
  const { code, output } = await run('push', '--yes');
  expect(output).toContain(
    'staging: Someone else has changed the access-token customizer since it was read. Nothing was written.',
  );
  expect(code).toBe(1);
});

test('refuses a sample that a tenant would, and names it', async () => {
  const customizer = { script: 'claims/client-credentials.js', samples: '*.json' };
  const files = { 'misspelt.json': '{"token": {"clientid": "app"}}' };
  await deploy.start({ customizers: {}, declared: { customizers: { 'access-token': customizer }, files } });
  const { code, output } = await run('push', '--yes');
  expect(output).toMatch(/with misspelt\.json cannot be run on the tenant: .*did you mean clientId/);
  expect(code).toBe(1);
});

test('sees by what it stored from here that a script without its comment was changed by hand', async () => {
  await deploy.start();
  await run('push', '--yes');
  await deploy.tenant.reset({
    'access-token': { script: 'const getCustomJwtClaims = async () => ({});' },
  } as never);
  const { code, output } = await run('push', '--yes');
  for (const tokenType of ['access-token', 'client-credentials'])
    expect(output).toContain(`the ${tokenType} customizer was changed by hand since the last push`);
  expect(code).toBe(1);
  expect((await run('push', '--yes', '--force')).code).toBe(0);
  expect(deploy.stored()).toEqual(pushed);
});

test('refuses a sample with a variable that the config does not declare', async () => {
  const files = { 'claims/access-token.sample.json': '{"environmentVariables": {"OTHER": "x"}}' };
  await deploy.start({ declared: { files } });
  const { code, output } = await run('push', '--yes');
  expect(output).toMatch(
    /sample claims.access-token\.sample\.json has environment variables .*: OTHER\. Add them/,
  );
  expect(code).toBe(2);
});

test('runs a script without the variables that the config does not declare', async () => {
  await deploy.start({
    declared: { customizers: { 'access-token': { script: 'claims/access-token.js' } } },
  });
  const { code, output } = await run('push', '--yes', '--force');
  expect(output).toContain("Cannot read properties of undefined (reading 'PLAN')");
  expect(code).toBe(1);
  deploy.write(
    'claims/access-token.js',
    'const getCustomJwtClaims = async ({ environmentVariables }) => ({ plan: environmentVariables?.PLAN });',
  );
  expect((await run('push', '--yes', '--force')).output).toContain(
    'warning: the script reads environmentVariables.PLAN, which the config does not declare',
  );
});

test('refuses a script that denies every sample, unless a sample expects it', async () => {
  const script = 'const getCustomJwtClaims = async ({ api }) => api.denyAccess("no");';
  const customizers = { 'access-token': { script: 'claims/deny.js' } };
  await deploy.start({ customizers: {}, declared: { customizers, files: { 'claims/deny.js': script } } });
  const { code, output } = await run('push', '--yes');
  expect(output).toContain('claims/deny.js denies the token with every sample.');
  expect(code).toBe(1);
  deploy.write('claims/deny.sample.json', '{"expect": {"denied": "no"}}');
  expect((await run('push', '--yes')).code).toBe(0);
});

test('does not rewrite stored samples that mean the same', async () => {
  const present = { ...old['access-token'], contextSample: { user: { name: 'Ada' } } };
  const customizer = {
    script: 'claims/access-token.js',
    environmentVariables: ['PLAN'],
    sample: 'sample.json',
  };
  const files = { 'sample.json': '{"context": {"user": {"name": "Ada"}}}' };
  await deploy.start({
    customizers: { 'access-token': present } as never,
    declared: { customizers: { 'access-token': customizer }, files },
  });
  expect((await run('push', '--yes')).code).toBe(0);
  expect(deploy.stored()['access-token']).toEqual({
    ...pushed['access-token'],
    contextSample: present.contextSample,
  });
});

test('knows before the first tenant is written what the last one lacks', async () => {
  await deploy.start({ declared: { files: { '.env': '', '.env.staging': '' } } });
  const second = {
    ...deploy.served,
    credentials: { ...deploy.served.credentials, clientSecret: 'x\nPLAN=pro' },
  };
  writeProject(deploy.folder, { staging: second, production: deploy.served }, { files: { '.env': '' } });
  const { code, output } = await run('push', '--yes', '-t', 'staging', '-t', 'production');
  expect(output).toContain('production: access-token declares environment variables without a value: PLAN');
  expect(code).toBe(2);
  expect(deploy.served.counts.token).toBe(0);
});

test('exits with 2 for wrong credentials', async () => {
  await deploy.start();
  const { code, output } = await deploy.run(['push', '--yes'], {
    env: { LOGTO_APP_SECRET: 'wrong-secret' },
  }).ended;
  expect(output).toContain('LOGTO_APP_ID and LOGTO_APP_SECRET name the application');
  expect(code).toBe(2);
});
