/** No planted secret appears, in any encoding, in what the commands of claims as code print or write. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command } from '../conforming/command.ts';
import { createEcho, spellings } from '../secrets.test-helper.ts';
import { createDeploy, fastClock, scripts } from './deploy.test-helper.ts';

const deploy = createDeploy();
afterAll(() => deploy.reset());

const clientSecret = 'planted-client/secret+é';
/** Of the tenant and of the folder. */
const values = ['planted "old" variable/+ é', 'planted "new" variable/+ é', 'planted "other" variable/+ é'];
const [oldValue = '', newValue = '', otherValue = ''] = values;
const wrongSecret = 'planted-wrong-secret';
/** Tokens are added. */
const secrets = new Set([clientSecret, wrongSecret, ...values]);

/** What was printed, or written, by its origin. */
const said: Record<string, string> = {};

type Matcher = Parameters<typeof createEcho>[1];

const run = async (name: string, args: string[], isFor: Matcher = () => false, env: Command['env'] = {}) => {
  const echo = createEcho(secrets, isFor);
  // A write that it handles is recognized, and the push goes on.
  const broken = async () => ({ status: 502, headers: {}, body: '' });
  deploy.served.setHook((request, next) => echo(request, isWrite(request) && isFor(request) ? broken : next));
  const { output } = await deploy.run(args, { preload: fastClock, env }).ended;
  deploy.served.setHook(undefined);
  said[name] = output;
};

const isRead: Matcher = ({ method }) => method === 'GET';
const isTest: Matcher = ({ path }) => path.endsWith('/test');
const isWrite: Matcher = ({ method }) => method === 'PUT';
const isToken: Matcher = ({ path }) => path === '/oidc/token';

/** What a script says of its variable is told to those who push it. */
const throwing =
  'const getCustomJwtClaims = async ({ environmentVariables: { PLAN } }) => { throw new Error("no plan " + PLAN); };\n';

const git = (...args: string[]): void => {
  const config = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...config, ...args], { cwd: deploy.folder, stdio: 'ignore' });
};

beforeAll(async () => {
  await deploy.start({
    secret: clientSecret,
    customizers: {
      'access-token': {
        script: scripts['access-token'],
        environmentVariables: { PLAN: oldValue, LEFT: oldValue, STAGE: 'staging' },
      },
    },
    declared: {
      release: '1.43',
      files: {
        '.env': `PLAN='${newValue}'\n`,
        '.gitignore': '.env*\n',
        'throwing.mts': `import config from './logto.config.mts';
export default { ...config, customizers: { 'access-token': { ...config.customizers['access-token'], script: 'throwing.js' } } };`,
        'throwing.js': throwing,
      },
    },
  });
  await run('status', ['status']);
  await run('diff', ['diff']);
  await run('diff --json', ['diff', '--json']);
  await run('diff --markdown', ['diff', '--markdown', '--out', 'plan.json']);
  said['the plan'] = readFileSync(join(deploy.folder, 'plan.json'), 'utf8');
  await run('refused', ['push', '--yes']);
  await run('dry run', ['push', '--dry-run', '--force']);
  await run('throws', ['push', '--yes', '--force', '-c', 'throwing.mts']);
  await run('wrong secret', ['push', '--yes'], undefined, { LOGTO_APP_SECRET: wrongSecret });
  await run('the token fails', ['push', '--yes'], isToken);
  await run('reads fail', ['push', '--yes', '--force'], isRead);
  await run('tests fail', ['push', '--yes', '--force'], isTest);
  await run('the write fails', ['push', '--yes', '--force'], isWrite);
  await run('undone', ['status']);
  await run('other value', ['push', 'plan.json', '--yes', '--force'], undefined, { PLAN: otherValue });
  await run('pushed', ['push', 'plan.json', '--yes', '--force']);
  await run('rolled back', ['rollback', '--yes']);
  git('init');
  git('add', '.');
  git('commit', '-m', 'a');
  await run('pulled', ['pull']);
}, 180_000);

test('the commands did what they are to be searched for', () => {
  expect(said['diff']).toContain('PLAN');
  expect(said['diff --json']).toContain('"PLAN"');
  expect(said['refused']).toContain('LEFT');
  // The tenant's name is no secret, even if a variable has it.
  expect(said['dry run']).toMatch(/^staging: would push/m);
  expect(said['throws']).toContain('no plan [redacted]');
  expect(said['wrong secret']).toContain('invalid_client');
  for (const name of ['the token fails', 'reads fail', 'tests fail', 'the write fails'])
    expect(said[name]).toContain('502');
  expect(said['other value']).toContain('made with other values of PLAN');
  expect(said['pushed']).toMatch(/^staging +pushed/m);
  expect(said['rolled back']).toMatch(/^staging +rolled back/m);
  expect(said['pulled']).toContain('.env.staging');
  expect(secrets.size).toBeGreaterThan(15);
});

test('none is printed, or in the plan', () => {
  for (const [name, text] of Object.entries(said))
    for (const secret of secrets)
      for (const spelling of spellings(secret))
        expect(text.includes(spelling), `${name} contains ${spelling}\n${text}`).toBe(false);
});

test('the state has values of variables in the saved customizers alone, for the user alone', () => {
  const names = deploy.files();
  expect(names).not.toEqual([]);
  for (const name of names) {
    expect(statSync(deploy.pathOf(name)).mode & 0o777, name).toBe(0o600);
    const saved = JSON.parse(readFileSync(deploy.pathOf(name), 'utf8'));
    expect(Object.keys(saved.customizers), name).not.toEqual([]);
    const [others, customizers] = [{ ...saved, customizers: {} }, saved.customizers].map((one) =>
      JSON.stringify(one),
    );
    for (const secret of secrets)
      for (const spelling of spellings(secret)) {
        expect(others?.includes(spelling), `${name} contains ${spelling}`).toBe(false);
        if (values.includes(secret)) continue;
        expect(customizers?.includes(spelling), `${name} contains ${spelling}`).toBe(false);
      }
  }
});

test('the folder has them in .env files alone', () => {
  const names = readdirSync(deploy.folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => !/(^|\/)\.(env|git)/.test(one))) {
    if (statSync(join(deploy.folder, name)).isDirectory()) continue;
    const text = readFileSync(join(deploy.folder, name), 'utf8');
    for (const secret of secrets) expect(text.includes(secret), `${name} contains ${secret}`).toBe(false);
  }
  const env = readFileSync(join(deploy.folder, '.env.staging'), 'utf8');
  expect(env).toContain(oldValue);
});
