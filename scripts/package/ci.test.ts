/** Runs the action and the reusable workflow, step by step, with the packed package and tenants on this machine. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Hook, serveTenant } from '../../contracts/conforming/index.ts';
import { withoutTools } from '../execute.test-helper.ts';
import { createRunner, type Ran, readAction, readWorkflow, stepOf } from '../workflows.test-helper.ts';
import { toolsNode } from './consumer.test-helper.ts';

const path = `${toolsNode}${delimiter}${withoutTools}`;
const runner = createRunner(path);
afterAll(() => runner.remove(), 60_000);

const secret = 'of-this-test-alone';
const customizers = {
  'access-token': { script: 'const getCustomJwtClaims = async () => ({ plan: "pro" });' },
};

/** Serves a tenant while a function runs. */
const withTenant = async <T>(
  use: (url: string, stored: () => object) => Promise<T>,
  {
    hook,
    stored = {},
  }: { hook?: Hook | undefined; stored?: typeof customizers | Record<string, never> } = {},
): Promise<T> => {
  const { tenant, url, close } = await serveTenant({ customizers: stored }, hook);
  try {
    return await use(url, () => tenant.customizers);
  } finally {
    await close();
  }
};

/** Its only bug is a status that does not affect the restoring of its customizers. */
const wrong: Hook = async ({ path: url }, next) => {
  const answer = await next();
  return url.endsWith('/test') && answer.status === 200 ? { ...answer, status: 201 } : answer;
};

/** Uses the action's step: a test of the workflows checks that the workflow has the same commands. */
beforeAll(async () => {
  const action = join(runner.folder, 'action');
  mkdirSync(action);
  writeFileSync(join(action, 'package.json'), JSON.stringify({ version: `file:${inject('tarball')}` }));
  const installed = await runner.run(stepOf(readAction().runs.steps, 'Install the suite'), {
    ACTION: action,
  });
  expect([installed.code, installed.output]).toEqual([0, expect.any(String)]);
}, 180_000);

describe('the action', () => {
  const { outputs, runs } = readAction();
  const step = (name: string) => stepOf(runs.steps, name);
  const asked = { ENDPOINT: 'https://my-tenant.logto.app:8443/x', APP_ID: 'id', APP_SECRET: secret };

  test('outputs the paths of its report under the documented names', async () => {
    const { code, outputs: said } = await runner.run(step('Check the inputs'), asked);
    expect(code).toBe(0);
    expect(said).toEqual({
      run: 'true',
      name: 'contract-my-tenant.logto.app-8443',
      report: join(runner.temporary, 'contract-my-tenant.logto.app-8443/contract-report.json'),
      page: join(runner.temporary, 'contract-my-tenant.logto.app-8443/contract-report.html'),
    });
    for (const { value } of Object.values(outputs)) {
      const name = /steps\.tenant\.outputs\.(\w+)/.exec(value)?.[1] ?? '';
      expect(said).toHaveProperty(name);
    }
  });

  test.each(['ENDPOINT', 'APP_ID', 'APP_SECRET'])(
    'without %s a pull request of a fork passes, others do not',
    async (name) => {
      const env = { ...asked, [name]: '' };
      const said = name.toLowerCase().replace('_', '-');
      const fork = await runner.run(step('Check the inputs'), {
        ...env,
        WITHOUT_SECRETS: 'true',
      });
      expect(fork).toMatchObject({ code: 0, outputs: { run: 'false' } });
      expect(fork.output).toMatch(new RegExp(`^::notice title=.*::No ${said}: pull requests from forks`));
      const own = await runner.run(step('Check the inputs'), {
        ...env,
        WITHOUT_SECRETS: 'false',
      });
      expect(own).toMatchObject({ code: 2, outputs: {} });
      expect(own.output).toMatch(new RegExp(`^::error title=.*::Empty: ${said}\\.`));
      for (const { output } of [fork, own]) expect(output).not.toContain(secret);
    },
  );

  test.each([
    ['20.19.0', {}],
    ['22.11.0', {}],
    ['22.12.0', { modern: 'true' }],
    ['26.0.0', { modern: 'true' }],
  ])('requests another Node than %s only if necessary', async (version, said) => {
    const folder = join(runner.temporary, `node-${version}`);
    mkdirSync(folder);
    const pretend = join(folder, 'pretend.cjs');
    const versions = `{ ...process.versions, node: '${version}' }`;
    writeFileSync(pretend, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
    const shim = `#!/bin/sh\nexec '${toolsNode}/node' --require '${pretend}' "$@"\n`;
    writeFileSync(join(folder, 'node'), shim, { mode: 0o755 });
    const { code, outputs: found } = await runner.run(step('Check the version of Node'), {
      PATH: `${folder}${delimiter}${path}`,
    });
    expect([code, found]).toEqual([0, said]);
  });

  const REPORT = join(runner.temporary, 'contract/contract-report.json');
  const PAGE = join(runner.temporary, 'contract/contract-report.html');
  const runAgainst = (
    url: string,
    env: Record<string, string> = {},
    onStart?: (cancel: () => void) => void,
  ): Promise<Ran> =>
    runner.run(
      step('Run the suite'),
      { LOGTO_ENDPOINT: url, LOGTO_APP_ID: 'm2m-with-role', LOGTO_APP_SECRET: secret, REPORT, PAGE, ...env },
      onStart,
    );

  test('passes a tenant that satisfies the contract, with a report and a summary', async () => {
    const { code, output, summary: other } = await withTenant((url) => runAgainst(url));
    expect(output).not.toContain(secret);
    expect(other).toBe('');
    expect([code, output]).toEqual([0, expect.stringMatching(/^tenant: \d+ passed, 0 failed/m)]);
    expect(readFileSync(PAGE, 'utf8')).toMatch(/^<!doctype html>/i);
    const { code: summarized, summary } = await runner.run(step('Summary'), { REPORT });
    expect(summarized).toBe(0);
    expect(summary).toContain('The contract is kept');
  }, 120_000);

  test('restores the tenant when it is cancelled', async () => {
    let cancel = () => {};
    let writes = 0;
    const hook: Hook = ({ method, path: url }, next) => {
      if (method !== 'GET' && url.includes('/configs/jwt-customizer/') && ++writes === 5) cancel();
      return next();
    };
    const { code, stored } = await withTenant(
      async (url, read) => {
        const { code } = await runAgainst(url, { CONTRACT_ALLOW_OVERWRITE: '1' }, (stop) => {
          cancel = stop;
        });
        return { code, stored: read() };
      },
      { hook, stored: customizers },
    );
    expect(writes).toBeGreaterThanOrEqual(5);
    expect(stored).toEqual(customizers);
    expect(code).toBe(3);
  }, 120_000);

  test('if the suite wrote no report, the summary step passes', async () => {
    const { code, summary } = await runner.run(step('Summary'), { REPORT: `${REPORT}.none` });
    expect([code, summary]).toEqual([0, '']);
  });
});

describe('the workflow', () => {
  const { offline, tenant, report } = readWorkflow('contract.yml').jobs;
  const named = {
    NAME: 'staging',
    LOGTO_ENDPOINT: 'https://staging.logto.app',
    APP_ID_NAME: 'STAGING_ID',
    APP_SECRET_NAME: 'STAGING_SECRET',
    LOGTO_APP_ID: 'id',
    LOGTO_APP_SECRET: secret,
  };
  const check = (env: Record<string, string>): Promise<Ran> =>
    runner.run(stepOf(tenant?.steps, 'Check the inputs'), { ...named, ...env });

  test('runs against a tenant whose secrets are set', async () => {
    expect(await check({ WITHOUT_SECRETS: 'false' })).toMatchObject({
      code: 0,
      output: '',
      outputs: { run: 'true' },
    });
  });

  test.each([
    ['NAME', 'a/b', 'a name of letters'],
    ['NAME', '', 'a name of letters'],
    ['LOGTO_ENDPOINT', '', 'an endpoint'],
    ['APP_ID_NAME', '', 'the name of a secret in appId'],
    ['APP_SECRET_NAME', '', 'the name of a secret in appSecret'],
  ])('reports an invalid tenant: %s is "%s"', async (name, value, said) => {
    const { code, output } = await check({ [name]: value, WITHOUT_SECRETS: 'true' });
    expect([code, output]).toEqual([2, expect.stringContaining(`lacks ${said}`)]);
  });

  test.each([
    ['LOGTO_APP_ID', 'STAGING_ID'],
    ['LOGTO_APP_SECRET', 'STAGING_SECRET'],
  ])('reports the empty secret: %s', async (name, said) => {
    const fork = await check({ [name]: '', WITHOUT_SECRETS: 'true' });
    expect(fork).toMatchObject({ code: 0, outputs: {} });
    expect(fork.output).toMatch(
      new RegExp(`^::notice title=Tenant staging skipped::No ${said}: pull requests`),
    );
    const own = await check({ [name]: '', WITHOUT_SECRETS: 'false' });
    expect(own).toMatchObject({ code: 2, outputs: {} });
    expect(own.output).toMatch(new RegExp(`^::error title=.*::There is no secret ${said}\\.`));
    for (const { output } of [fork, own]) expect(output).not.toContain(secret);
  });

  const onePage = (): Promise<Ran> => runner.run(stepOf(report?.steps, 'One page and one summary'));
  const shard = (index: number): Promise<Ran> =>
    runner.run(stepOf(offline?.steps, 'Run the suite'), { SHARD: String(index), SHARDS: '2' });
  const runTenant = (NAME: string, hook?: Hook): Promise<Ran> =>
    withTenant(
      (LOGTO_ENDPOINT) =>
        runner.run(stepOf(tenant?.steps, 'Run the suite'), {
          ...named,
          NAME,
          LOGTO_ENDPOINT,
          LOGTO_APP_ID: 'm2m-with-role',
          LOGTO_RESOURCE: '',
          LOGTO_TOKEN_ENDPOINT: '',
          CONTRACT_ALLOW_OVERWRITE: '',
        }),
      { hook },
    );

  test('joins shards and tenants in one page and one summary', async () => {
    expect((await onePage()).output).toContain('::error title=Contract suite::No run wrote a report.');
    for (const index of [1, 2]) expect([index, (await shard(index)).code]).toEqual([index, 0]);
    expect((await runTenant('staging')).code).toBe(0);
    const reports = join(runner.folder, 'reports');
    expect(readdirSync(reports)).toEqual(['offline-1.json', 'offline-2.json', 'tenant-staging.json']);

    const good = await onePage();
    expect([good.code, good.output]).toEqual([0, expect.any(String)]);
    expect(good.summary).toContain('The contract is kept');
    const columns = good.summary.split('\n').filter((line) => /^(\| [^|]+ ){2}(\| \d+ ){3}\|$/.test(line));
    expect(columns).toHaveLength(6);
    const page = join(runner.folder, 'contract-report.html');
    expect(readFileSync(page, 'utf8')).toContain('recordings 1.28');
    renameSync(page, `${page}.good`);

    const { code, output } = await runTenant('production', wrong);
    expect([code, output]).toEqual([1, expect.stringMatching(/^tenant: \d+ passed, [1-9]\d* failed/m)]);
    const bad = await onePage();
    expect(bad.code).toBe(1);
    expect(bad.summary).toContain('The contract is broken');
    expect(existsSync(page)).toBe(true);

    // The action's summary of a failed run passes: only the run itself fails.
    const REPORT = join(reports, 'tenant-production.json');
    const summarized = await runner.run(stepOf(readAction().runs.steps, 'Summary'), { REPORT });
    expect([summarized.code, summarized.summary]).toEqual([0, expect.stringContaining('is broken')]);
  }, 240_000);

  test.each([
    ['success success', 0],
    ['success skipped', 0],
    ['success failure', 1],
    ['cancelled success', 1],
  ])('a job without a report is visible in the last job: %s', async (RESULTS, code) => {
    expect(
      (await runner.run(stepOf(report?.steps, 'Check that every run succeeded'), { RESULTS })).code,
    ).toBe(code);
  });
});
