import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cli } from './cli.test-helper.ts';

const live = { LOGTO_ENDPOINT: 'http://127.0.0.1:9', LOGTO_APP_ID: 'id', LOGTO_APP_SECRET: 'secret' };
const record = 'contract --target tenant --record folder';
const badSeed = join(mkdtempSync(join(tmpdir(), 'cli-')), 'seed.json');
writeFileSync(badSeed, '{"access-token":{}}');
const badUsers = join(mkdtempSync(join(tmpdir(), 'cli-')), 'users.json');
writeFileSync(badUsers, '[{"id":"ada","nam":"Ada"}]');
const consent = 'Use a separate tenant, and confirm with --allow-overwrite';

describe('a usage error exits with 2 and says what to write instead', () => {
  test.each<[line: string, message: string, env?: Record<string, string>]>([
    ['', 'Usage: logto-jwt-customizer COMMAND'],
    [
      'deploy',
      'there is no command deploy; the commands are check, contract, diff, drift, init, mock, pull, push, report, rollback, rules, run, status',
    ],
    ['constructor', 'there is no command constructor'],
    ['mock --port 70000', '--port takes a whole number from 0 to 65535, not 70000'],
    ['mock --prot 1', "Unknown option '--prot'"],
    ['mock --client nosecret', '--client takes ID:SECRET'],
    ['mock --prism --seed x', '--prism can be combined only with --port and --host, not with --seed'],
    ['contract --target moon', '--target takes one of prism, mock, recordings, tenant, not moon'],
    ['contract --target', '--target takes one of prism, mock, recordings, tenant, not nothing'],
    ['contract --record folder', '--record records a live tenant: use --target tenant and no other target'],
    ['contract --record', '--record takes a folder'],
    ['contract --release 1.43', '--release requires --record DIR'],
    ['contract --record f --release v1', '--release takes a release of Logto, for example 1.42, not v1'],
    [
      'mock --release 1.50',
      '--release takes a release of Logto from 1.28 to 1.43, for example 1.42, not 1.50',
    ],
    ['drift x.json --release 1.50', '--release takes a release of Logto from 1.28 to 1.43'],
    [
      `mock --seed ${badSeed}`,
      'The option `seed` cannot be stored by a tenant: /access-token/script: Required',
    ],
    [`mock --users ${badUsers}`, 'The option `users` /0/nam: is no field of context.user'],
    ['contract --target mock --reporter nonsense', 'Failed to load custom Reporter from nonsense'],
    ['contract --report pdf', '--report takes one of html, json, or FORMAT=FILE, not pdf'],
    ['contract --report', '--report takes one of html, json, or FORMAT=FILE, not nothing'],
    ['contract --report=json=x --report=html=x', 'two reports would go to x'],
    ['contract --shard 3/2', '--shard takes INDEX/COUNT, for example 1/3, not 3/2'],
    ['contract --reportr junit', 'neither this command nor vitest has the option --reportr'],
    ['rules nope', 'there is no rule nope; list them with: logto-jwt-customizer rules'],
    // The missing variables are named; some but not all of them are refused: a partly configured tenant is a mistake.
    ['contract --target tenant', 'not set: LOGTO_ENDPOINT, LOGTO_APP_SECRET', { LOGTO_APP_ID: 'id' }],
    ['contract', 'not set: LOGTO_APP_SECRET', { LOGTO_ENDPOINT: 'http://127.0.0.1:9', LOGTO_APP_ID: 'id' }],
    // A recording requires a release and consent, before any request is sent.
    [record, '--record requires --release X.Y: a tenant does not publish its release', live],
    [`${record} --release 1.43`, consent, live],
    [`${record} --release=1.43`, consent, { ...live, CONTRACT_ALLOW_OVERWRITE: '1' }],
    [`${record} --release 1.43 --allow-overwrite --fuzz 1`, '--fuzz cannot be combined with --record', live],
    [
      `${record} --release 1.43 --allow-overwrite --target mock`,
      '--record records a live tenant: use --target tenant and no other target',
      live,
    ],
  ])('%s', async (line, message, env = {}) => {
    const { code, stdout, stderr } = await cli(line.split(' ').filter(Boolean), { env });
    expect(stdout + stderr).toContain(message);
    expect(code).toBe(2);
  });
});

test.each(['', 'check', 'contract', 'drift', 'mock', 'report', 'run'])(
  '%s --help explains and exits with 0',
  async (command) => {
    const { code, stdout } = await cli(`${command} --help`.trim().split(' '));
    expect(stdout).toContain('Exit codes:');
    expect(code).toBe(0);
  },
);

test('--version', async () => {
  expect((await cli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+$/m);
});

test('rules lists every rule, and explains one with its evidence and its cases', async () => {
  const list = await cli(['rules']);
  expect(list.stdout).toMatch(/^patch-merges +PATCH is a shallow merge$/m);
  const { code, stdout } = await cli(['rules', 'fields-by-release']);
  expect(stdout).toMatch(/^Since: 1\.28, the oldest recorded; changed in 1\.29(, 1\.\d\d)+$/m);
  expect(stdout).toContain('recorded: update access-token: contextSample.interaction');
  expect(stdout).toContain('update.json: PATCH stores blockIssuanceOnError (access-token)');
  expect(code).toBe(0);
});

test('a port in use: one line, and 3', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const { code, stderr } = await cli(['mock', '--port', String(port)]);
  server.close();
  expect(stderr.trim()).toMatch(new RegExp(`^logto-jwt-customizer: .*${port}.*already in use.*--port$`));
  expect(code).toBe(3);
});

test('half of the variables of a tenant do not matter to a run that needs none', async () => {
  const env = { LOGTO_ENDPOINT: 'http://127.0.0.1:9' };
  const { code } = await cli(['contract', '--target', 'recordings', '-t', 'PATCH with'], { env });
  expect(code).toBe(0);
});

describe('a run of the contract suite', () => {
  const some = ['contract', '-t', 'PATCH refuses', '--target'];

  test('that no case was part of proves nothing: 3', async () => {
    const { code, stdout } = await cli(['contract', '--target', 'recordings', '-t', 'no case is named so']);
    expect(stdout).toContain('No case ran.');
    expect(code).toBe(3);
  });

  test('tells a failure as it comes and the table at the end, and nothing else', async () => {
    const { stdout, stderr } = await cli([...some, 'recordings']);
    expect(stdout.slice(0, stdout.indexOf('\nrule ')).trim()).toBe('recordings');
    expect(stdout).toMatch(/^recordings 1\.43: \d+ passed, 0 failed/m);
    expect(stdout + stderr).not.toContain('\x1b');
  });

  test("leaves the word to vitest's reporters when they are asked", async () => {
    const { stdout } = await cli([...some, 'recordings', '--reporter', 'verbose'], {
      env: { NO_COLOR: '1' },
    });
    expect(stdout).toMatch(/✓ .*PATCH refuses a script that is a number/);
    expect(stdout).toMatch(/^recordings 1\.43: \d+ passed, 0 failed/m);
  });

  test("writes vitest's own reports beside its table", async () => {
    const report = join(tmpdir(), `junit-${process.pid}.xml`);
    const { code, stdout } = await cli([...some, 'mock', '--reporter', 'junit', '--outputFile', report]);
    expect(readFileSync(report, 'utf8')).toContain('<testcase');
    rmSync(report);
    expect(stdout).toMatch(/^mock: \d+ passed, 0 failed/m);
    expect(code).toBe(0);
  });

  test('against a tenant that cannot be reached: 3, and no secret in what is said', async () => {
    const env = { ...live, LOGTO_ENDPOINT: 'http://127.0.0.1:1024', LOGTO_APP_SECRET: 'planted-secret' };
    const { code, stdout, stderr } = await cli(['contract', '--target', 'tenant'], { env });
    expect(stderr).toContain('http://127.0.0.1:1024');
    expect(stderr).toContain('Check that the option `endpoint` is correct');
    expect(stderr).toContain('In this command, `endpoint` is set by LOGTO_ENDPOINT.');
    expect(stderr).toContain('ECONNREFUSED');
    expect(stdout + stderr).not.toContain('planted-secret');
    expect(code).toBe(3);
  });
});

test('mock says at its start how to get a token', async () => {
  const main = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, [main, 'mock', '--port', '0', '--client', 'web:to-hide'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (/^A token: .*\n/m.test(said)) break;
  }
  expect(said).toContain('Resource indicator of the Management API: https://default.logto.app/api');
  expect(said).toContain('Clients: web');
  expect(said).not.toContain('to-hide');
  const [, credentials = '', form = '', url = ''] = /curl -u (\S+) (.*) (http\S+)$/m.exec(said) ?? [];
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(credentials.replace('SECRET', 'to-hide'))}` },
    body: new URLSearchParams(form.replaceAll(/ ?-d /g, '&')),
  });
  expect(await response.json()).toMatchObject({ scope: 'all' });
});
