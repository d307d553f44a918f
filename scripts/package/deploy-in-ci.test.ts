/** Runs the workflow of docs/deploy-in-ci.md, step by step, with the packed package and tenants on this machine. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { serveTenant } from '../../contracts/conforming/index.ts';
import { withoutTools } from '../execute.test-helper.ts';
import { createRunner, type Ran, stepOf, type Workflow } from '../workflows.test-helper.ts';
import { toolsNode } from './consumer.test-helper.ts';
import { openTerminal, readBlocks, tested } from './guide.test-helper.ts';

const [{ code: shown = '' } = {}] = readBlocks('docs/deploy-in-ci.md');
const { jobs } = parse(shown) as Workflow;

const runner = createRunner(`${toolsNode}${delimiter}${withoutTools}`);
const { folder, temporary } = runner;
afterAll(() => runner.remove(), 60_000);

const secret = 'of-this-test-alone';
const plan = 'of-this-test-too';
const script = (claim: string) => `export const getCustomJwtClaims = async ({ environmentVariables }) => ({
  ${claim}: environmentVariables.PLAN,
});
`;

const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const commit = (message: string): void => {
  execFileSync('git', ['add', '.'], { cwd: folder });
  const as = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...as, 'commit', '--quiet', '--message', message], { cwd: folder });
};

interface Customizer {
  script: string;
  environmentVariables?: object;
}

let staging: Awaited<ReturnType<typeof serveTenant>>;
let production: Awaited<ReturnType<typeof serveTenant>>;

beforeAll(async () => {
  staging = await serveTenant();
  production = await serveTenant({ release: '1.42' });
  write('package.json', '{ "private": true, "type": "module" }');
  const installed = await openTerminal(folder).type(
    tested('npm install logto-jwt-customizer acorn amaro eslint-scope'),
  );
  expect([installed.code, installed.output]).toEqual([0, expect.anything()]);
  const endpoints = { staging: { endpoint: staging.url }, production: { endpoint: production.url } };
  const customizer = { script: 'claims/access-token.js', environmentVariables: ['PLAN'] };
  const config = { tenants: endpoints, customizers: { 'access-token': customizer } };
  write('logto.config.mts', `export default ${JSON.stringify(config)};\n`);
  write('.gitignore', 'node_modules\n.env*\ncomment.md\nplan.json\n.typed.sh\n.cwd\n');
  write('claims/access-token.js', script('plan'));
  write('bin/gh', '#!/bin/sh\nprintf "%s\\n" "$GH_REPO" "$@" > "$RUNNER_TEMP/gh"\n');
  execFileSync('chmod', ['+x', join(folder, 'bin/gh')]);
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  commit('Claims');
  return async () => {
    await staging.close();
    await production.close();
  };
}, 180_000);

/** Runs a step of a job with the job's variables. Expressions are the credentials and the number of the pull request. */
const run = (job: string, step: string): Promise<Ran> => {
  const { env: ofJob = {}, steps } = jobs[job] as { env?: Record<string, string> } & Workflow['jobs'][string];
  const found = stepOf(steps, step);
  const values: Record<string, string> = {
    '${{ vars.LOGTO_APP_ID }}': 'm2m-with-role',
    '${{ secrets.LOGTO_APP_SECRET }}': secret,
    '${{ github.token }}': 'ghs_1',
    '${{ github.repository }}': 'acme/claims',
    '${{ github.event.pull_request.number }}': '7',
  };
  const env = Object.entries({ ...ofJob, ...found?.env }).map(([name, value]) => [
    name,
    values[value] ?? value,
  ]);
  return runner.run(found, {
    PATH: `${join(folder, 'bin')}${delimiter}${toolsNode}${delimiter}${withoutTools}`,
    PLAN: plan,
    ...Object.fromEntries(env),
  });
};

const storedIn = ({ tenant }: typeof staging) => tenant.customizers['access-token'] as Customizer | undefined;
const scriptOf = (served: typeof staging): string => storedIn(served)?.script ?? '';

test('every job installs from the lockfile', async () => {
  for (const { steps = [] } of Object.values(jobs)) {
    const [install, ...others] = steps.filter(
      ({ name, run: command }) => name === undefined && command !== undefined,
    );
    expect([install?.run, others]).toEqual(['npm ci --ignore-scripts', []]);
  }
  const [install] = jobs['review']?.steps?.filter(({ run: command }) => command?.startsWith('npm ci')) ?? [];
  expect((await runner.run(install)).code).toBe(0);
});

test('a pull request gets a comment with what would change', async () => {
  expect(await run('review', 'Try the push')).toMatchObject({ code: 0 });
  expect(await run('review', 'Show the difference')).toMatchObject({ code: 0 });
  const comment = readFileSync(join(folder, 'comment.md'), 'utf8');
  expect(comment).toMatch(/^### JWT customizers of staging\n/);
  expect(comment).toContain('plan: environmentVariables.PLAN');
  expect(comment).not.toContain(plan);
  expect((await run('review', 'Comment')).code).toBe(0);
  const [repository, ...args] = readFileSync(join(temporary, 'gh'), 'utf8').trim().split('\n');
  expect([repository, args.join(' ')]).toEqual(['acme/claims', 'pr comment 7 --body-file comment.md']);
  expect(staging.tenant.customizers).toEqual({});
});

test('a failing diff fails the pull request', async () => {
  write('claims/access-token.js', 'export const getCustomJwtClaims = (;');
  expect((await run('review', 'Try the push')).code).toBe(1);
  write('claims/access-token.js', script('plan'));
  const config = readFileSync(join(folder, 'logto.config.mts'), 'utf8');
  write('logto.config.mts', 'export default 1;');
  expect((await run('review', 'Show the difference')).code).not.toBe(0);
  write('logto.config.mts', config);
});

test('a merge deploys to staging, plans, and applies the plan to production', async () => {
  expect(await run('staging', 'Push')).toMatchObject({ code: 0 });
  expect(scriptOf(staging)).toContain('plan: environmentVariables.PLAN');
  expect(production.tenant.customizers).toEqual({});

  const planned = await run('plan', 'Plan');
  expect(planned).toMatchObject({ code: 0, outputs: { differs: '1' } });
  expect(planned.summary).toContain('### JWT customizers of production');
  expect(readFileSync(join(folder, 'plan.json'), 'utf8')).not.toMatch(new RegExp(`${secret}|${plan}`));
  expect(production.tenant.customizers).toEqual({});

  const pushed = await run('production', 'Push the plan');
  expect([pushed.code, pushed.output]).toEqual([0, expect.not.stringContaining(secret)]);
  expect(storedIn(production)?.environmentVariables).toEqual({ PLAN: plan });
  expect(await run('plan', 'Plan')).toMatchObject({ code: 0, outputs: { differs: '0' } });
  expect(jobs['production']?.if).toBe("needs.plan.outputs.differs == '1'");
});

test('a plan is refused when production changed since, and a revert brings the old script back', async () => {
  const old = scriptOf(production).split('\n/* Pushed')[0] ?? '';
  write('claims/access-token.js', script('tier'));
  commit('Another claim');
  expect(await run('plan', 'Plan')).toMatchObject({ outputs: { differs: '1' } });
  const stored = storedIn(production);
  const changed = { ...stored, script: `${stored?.script}// by hand` };
  Object.assign(production.tenant.customizers, { 'access-token': changed });
  expect((await run('production', 'Push the plan')).code).toBe(1);
  expect(production.tenant.customizers['access-token']).toEqual(changed);
  Object.assign(production.tenant.customizers, { 'access-token': stored });

  expect((await run('production', 'Push the plan')).code).toBe(0);
  expect(scriptOf(production)).toContain('tier:');
  const as = ['-c', 'user.name=A', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...as, 'revert', '--no-edit', 'HEAD'], { cwd: folder });
  await run('plan', 'Plan');
  expect((await run('production', 'Push the plan')).code).toBe(0);
  expect(scriptOf(production).startsWith(old)).toBe(true);
});

test('a difference that cannot be read fails the plan', async () => {
  await production.close();
  const failed = await run('plan', 'Plan');
  expect([failed.code, failed.outputs]).toEqual([1, { differs: '3' }]);
});
