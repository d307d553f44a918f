/** The reports of real runs: their content, and that every run writes one. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { executeIn } from '../../scripts/execute.test-helper.ts';
import { temporaryFolder } from '../../scripts/temporary.test-helper.ts';
import { createAjv, prepare } from '../../scripts/validators/make.ts';
import type { Report } from '../../src/contract/index.ts';
import { main, type Run, runContractCommand } from '../conforming/command.ts';
import { serveTenant } from '../conforming/index.ts';
import { serveBrokenTenant } from './broken-tenant.ts';

const folder = temporaryFolder();

const at = (name: string): string => join(folder, name);
const read = (name: string): Report => JSON.parse(readFileSync(at(name), 'utf8')) as Report;

/** The schema with every object closed, which refuses undocumented fields. */
const schema = JSON.parse(
  readFileSync(new URL('../../spec/report.schema.json', import.meta.url), 'utf8'),
) as {
  [keyword: string]: unknown;
};
const validate = createAjv().compile(prepare(schema, 'closed'));
const problemsOf = (report: Report): unknown => (validate(report) ? [] : validate.errors);

const cli = (command: string) =>
  executeIn(folder, process.execPath, [main, ...command.split(' ')], {
    LOGTO_ENDPOINT: undefined,
    LOGTO_APP_ID: undefined,
    LOGTO_APP_SECRET: undefined,
  });

const onTenant = async (args: string[], meanwhile?: (run: Run) => Promise<void>) => {
  const served = await serveTenant();
  const run = runContractCommand({ served, state: at('state'), args });
  await meanwhile?.(run);
  const ended = await run.ended;
  await served.close();
  return { ...ended, counts: served.counts };
};

describe('the report on a tenant that breaks the contract', () => {
  let report: Report;
  let output: string;
  let code: number | null;
  beforeAll(async () => {
    const served = await serveBrokenTenant();
    const args = ['json=new/folder/broken.json', 'html=broken.html'].flatMap((file) => {
      return ['--report', file.replace('=', `=${folder}/`)];
    });
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: at('summary.md'), CI: 'true' };
    const run = runContractCommand({ served, state: at('state'), args, env });
    ({ output, code } = await run.ended);
    await served.close();
    report = read('new/folder/broken.json');
  }, 120_000);

  test('matches its schema', () => {
    expect(problemsOf(report)).toEqual([]);
    expect(problemsOf({ ...report, results: [{ ...report.results[0], secret: 1 } as never] })).not.toEqual(
      [],
    );
  });

  test('is named in the output and does not change the exit code', () => {
    expect(output).toContain(`The report is in ${at('broken.html')}.`);
    expect(output).toContain(`The report is in ${at('new/folder/broken.json')}.`);
    expect(code).toBe(1);
  });

  test('comes with failures that print immediately, before the table, and are annotated on GitHub', () => {
    const failed = report.results.filter(({ state }) => state === 'failed');
    const [failures = ''] = output.split('\ncase ');
    for (const { case: name } of failed) expect(failures).toContain(`✗ tenant: ${name}\n  rule `);
    expect(output.match(/^::error /gm)).toHaveLength(failed.length);
    expect(output).not.toContain('\x1b');
  });

  test('names the run and its targets', () => {
    expect(report).toMatchObject({ version: 1, result: 'failed' });
    expect(report.targets).toEqual([
      {
        name: 'tenant',
        host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        release: expect.stringMatching(/^1\.43 or later$|^from 1\.43, before /),
      },
    ]);
    expect(report.cases.length).toBe(report.results.length);
    expect(Object.keys(report.rules)).toContain('patch-merges');
    expect(Math.abs(Date.parse(report.startedAt) - Date.now())).toBeLessThan(report.milliseconds + 60_000);
  });

  test('has the exchange of a failed case, and each difference with pointer, expected and found', () => {
    const failed = report.results.find(({ case: name }) =>
      name.startsWith('PATCH replaces environmentVariables'),
    );
    expect(failed).toMatchObject({ state: 'failed', error: expect.stringContaining('findings') });
    expect(failed?.exchange?.request).toMatchObject({
      method: 'PATCH',
      path: '/api/configs/jwt-customizer/access-token',
      headers: { authorization: 'Bearer $ACCESS_TOKEN', 'content-type': 'application/json' },
      body: { environmentVariables: { ONLY: '1' } },
    });
    expect(failed?.exchange?.response.status).toBe(200);
    expect(failed?.exchange?.findings).toContainEqual({
      check: 'body',
      message: expect.stringContaining('/environmentVariables/PLAN'),
      part: 'body',
      pointer: '/environmentVariables/PLAN',
      found: 'pro',
    });
    expect(failed?.exchange?.findings).toContainEqual(
      expect.objectContaining({ part: 'stored', tokenType: 'access-token', found: 'pro' }),
    );
  });

  test('has the exchange of a passed case, and the reason of one that does not apply', () => {
    const passed = report.results.filter(({ state }) => state === 'passed');
    expect(passed.length).toBeGreaterThan(150);
    expect(passed.every(({ exchange }) => exchange?.findings.length === 0)).toBe(true);
    const others = report.results.filter(({ state }) => state === 'not applicable');
    expect(others.length).toBeGreaterThan(0);
    expect(others.every(({ reason }) => typeof reason === 'string')).toBe(true);
  });

  test('shortens a body of 1 MiB to its beginning and length', () => {
    const big = report.results.find(({ case: name }) => name.includes('1 MiB and one byte'));
    expect(JSON.stringify(big?.exchange?.request.body)).toMatch(/x{200}… \(10\d{5} characters\)"/);
    expect(readFileSync(at('new/folder/broken.json')).length).toBeLessThan(2_000_000);
  });

  test('gives the same page with `report`, which exits with 1 and summarizes it', async () => {
    const page = await cli('report new/folder/broken.json --output again.html');
    expect(page).toMatchObject({ code: 1, output: 'The report is in again.html.\n' });
    const same = (name: string) => readFileSync(at(name), 'utf8').replaceAll(/broken\.(html|json)/g, '');
    expect(same('again.html')).toBe(same('broken.html'));
    const summary = await cli('report new/folder/broken.json --format markdown');
    expect(summary.code).toBe(1);
    expect(summary.output).toContain('## ❌ The contract is broken');
    expect(summary.output).toContain('<details><summary>❌ PATCH replaces environmentVariables whole');
  });
});

test('an interrupted run reports what is known and exits with 3', async () => {
  const args = ['--report', `json=${at('interrupted.json')}`];
  const { code } = await onTenant(args, async ({ printed, child }) => {
    await printed('are kept in');
    child.kill('SIGTERM');
  });
  expect(code).toBe(3);
  const report = read('interrupted.json');
  expect(problemsOf(report)).toEqual([]);
  expect(report).toMatchObject({ result: 'interrupted', targets: [{ name: 'tenant' }] });
  expect(report.reason).toContain('Interrupted after');
  expect((await cli('report interrupted.json')).code).toBe(3);
});

test('an unreachable tenant is reported, and the report of an earlier run is replaced', async () => {
  writeFileSync(at('unreachable.json'), '{"version": 1, "result": "passed"}');
  const args = ['--report', `json=${at('unreachable.json')}`];
  const env = { LOGTO_ENDPOINT: 'http://127.0.0.1:1024', LOGTO_APP_ID: 'id', LOGTO_APP_SECRET: 'secret' };
  const run = runContractCommand({ served: { env }, state: at('state'), args });
  expect((await run.ended).code).toBe(3);
  const report = read('unreachable.json');
  expect(problemsOf(report)).toEqual([]);
  expect(report).toMatchObject({ result: 'error', targets: [{ name: 'tenant', host: '127.0.0.1:1024' }] });
  expect(report.reason).toContain('ECONNREFUSED');
  expect((await cli('report unreachable.json')).code).toBe(3);
});

test('a file that cannot be written is reported before any request', async () => {
  const { code, output, counts } = await onTenant(['--report', `html=${main}/report.html`]);
  expect(output).toMatch(/the report \S+\/report\.html cannot be written: (ENOTDIR|EEXIST)/);
  expect(code).toBe(2);
  expect(Object.values(counts)).toEqual(Object.values(counts).map(() => 0));
});

test('a run that does not start removes the report of an earlier one', async () => {
  writeFileSync(at('stale.json'), '{"version": 1, "result": "passed"}');
  const { code } = await cli('contract --target recordings --report json=stale.json --reportr x');
  expect(code).toBe(2);
  expect(existsSync(at('stale.json'))).toBe(false);
});

test("vitest's reporters write to the working directory by default, not into the package", {
  timeout: 60_000,
}, async () => {
  const { output } = await cli('contract --target mock -t PUT --reporter json --reporter junit');
  expect(output).toContain('mock: ');
  expect(readFileSync(at('.vitest/json/output.json'), 'utf8')).toContain('"numPassedTests"');
  expect(readFileSync(at('.vitest/junit/output.xml'), 'utf8')).toContain('<testcase');
});

test("vitest's reporters and --shard also work: shards join, and vitest's JSON has no exchanges", {
  timeout: 120_000,
}, async () => {
  const shard = async (index: number): Promise<string> => {
    const name = `shard-${index}.json`;
    const vitest = `--shard ${index}/2 --reporter json --reporter junit`;
    const files = `--outputFile.json vitest-${index}.json --outputFile.junit junit-${index}.xml`;
    const { code, output } = await cli(`contract --target mock --report json=${name} ${vitest} ${files}`);
    expect(code, output).toBe(0);
    expect(problemsOf(read(name))).toEqual([]);
    expect(read(name).shard).toBe(`${index}/2`);
    expect(readFileSync(at(`vitest-${index}.json`), 'utf8')).toContain('"numPassedTests"');
    expect(readFileSync(at(`vitest-${index}.json`), 'utf8')).not.toContain('"exchange"');
    expect(readFileSync(at(`junit-${index}.xml`), 'utf8')).toContain('<testcase');
    return name;
  };
  const names = [await shard(1), await shard(2)];
  const [first, second] = names.map((name) => new Set(read(name).cases.map((one) => one.name)));
  expect(first?.size).toBeGreaterThan(100);
  expect([...(first ?? [])].filter((name) => second?.has(name))).toEqual([]);
  const { code, output } = await cli(`report ${names.join(' ')} --format markdown`);
  expect(output).toMatch(/^\| mock \| newest \| 0 \| 19\d \| 1\d \|$/m);
  expect(code).toBe(0);
  expect(existsSync(at('contract-report.html'))).toBe(true);
});
