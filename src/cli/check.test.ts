import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { cli as runCli } from './cli.test-helper.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'claims'));
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
write(
  'claims/access-token.ts',
  "import type { AccessTokenInput } from 'logto-jwt-customizer/claims';\n\nexport const getCustomJwtClaims = ({ context }: AccessTokenInput) => ({\n\tsub: context.userId as string,\n});\n",
);
write(
  'good.js',
  "/** @type {import('logto-jwt-customizer/claims').ClientCredentialsCustomizer} */\nexport const getCustomJwtClaims = ({ token }) => ({ client: token.clientId });\n",
);
write(
  'denies.js',
  'const getCustomJwtClaims = ({ context, api }) => context.user.isSuspended ? api.denyAccess("no") : {};\n',
);
write(
  'denies.suspended.sample.json',
  '{ "context": { "user": { "isSuspended": true } }, "expect": { "denied": "yes" } }',
);

write('misspelt.json', '{ "context": { "users": {} } }');

const cli = (line: string, env: Record<string, string> = {}) => runCli(line.split(' '), { cwd: folder, env });

test('check shows file, line, column, source line and code, and exits with 1', async () => {
  const { code, stdout } = await cli('check');
  expect(stdout).toMatchInlineSnapshot(`
    "claims/access-token.ts:4:2 error ignored-claim: tenants ignore the claim sub: use another name
        	sub: context.userId as string,
        	^
    claims/access-token.ts:4:15 error unknown-member: context.userId does not exist: did you mean context.user.id?
        	sub: context.userId as string,
        	             ^
    1 script: 2 errors, 0 warnings.
    "
  `);
  expect(code).toBe(1);
});

test('in GitHub Actions findings are annotations, too', async () => {
  const { stdout } = await cli('check', { GITHUB_ACTIONS: 'true' });
  expect(stdout).toContain(
    '::error file=claims/access-token.ts,line=4,col=2,title=ignored-claim::tenants ignore',
  );
});

test('--json lists findings; the samples beside a file are tried', async () => {
  const { code, stdout } = await cli('check denies.js --token-type access-token --json');
  expect(JSON.parse(stdout)).toMatchObject([
    { file: 'denies.js', code: 'sample-differs', severity: 'error', sample: 'denies.suspended.sample.json' },
  ]);
  expect(code).toBe(1);
});

test('a script without mistakes: 0', async () => {
  expect(await cli('check good.js')).toMatchObject({
    code: 0,
    stdout: '1 script: 0 errors, 0 warnings.\n',
  });
});

test.each([
  ['check nothing.js', 'nothing.js'],
  ['check denies.js', 'is it for access-token or client-credentials?'],
  [
    'check good.js --token-type id-token',
    '--token-type takes one of access-token, client-credentials, not id-token',
  ],
  [
    'check good.js --release new',
    '--release takes a release of Logto from 1.28 to 1.43, for example 1.42, not new',
  ],
  ['run', 'run takes one FILE'],
  [
    'run good.js --sample misspelt.json',
    'misspelt.json cannot be read: unknown field users; context takes user, grant',
  ],
  ['run denies.js', 'is it for access-token or client-credentials?'],
])('usage error: %s', async (line, message) => {
  const { code, stderr } = await cli(line);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});

test('rules explains a finding', async () => {
  expect((await cli('rules ignored-claim')).stdout).toContain('sub, iss, aud');
});

test('run shows the claims, or the failure with its line', async () => {
  expect((await cli('run good.js')).stdout).toMatch(/^\{\n {2}"client": "application-1"\n\}\n\d+ ms\n$/);
  write('throws.js', 'const getCustomJwtClaims = () => {\n  throw new Error("boom");\n};\n');
  const { code, stdout } = await cli('run throws.js --token-type access-token --release 1.42');
  expect(stdout).toContain('Failed (run-failed): boom\n  at throws.js:2:9\n      throw new Error("boom");\n');
  expect(code).toBe(1);
  const json = await cli('run throws.js --token-type access-token --json');
  expect(JSON.parse(json.stdout)).toMatchObject({ failure: { code: 'run-failed', line: 2 } });
});

test('run --sample takes its values', async () => {
  const { stdout } = await cli(
    'run denies.js --token-type=access-token --sample=denies.suspended.sample.json',
  );
  expect(stdout).toContain('Denied: no');
});

test('run --watch runs again when the script changes', async () => {
  const script = (n: number): string => `const getCustomJwtClaims = () => ({ n: ${n} });\n`;
  write('watched.access-token.js', script(1));
  const args = [join(import.meta.dirname, 'main.ts'), 'run', 'watched.access-token.js', '--watch'];
  const child = spawn(process.execPath, args, { cwd: folder });
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  await vi.waitFor(() => expect(stdout).toContain('"n": 1'), { timeout: 60_000 });
  write('watched.access-token.js', script(2));
  await vi.waitFor(() => expect(stdout).toContain('"n": 2'), { timeout: 60_000 });
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
