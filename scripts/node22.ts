/** Runs the recorded scripts on Node 22, which recorded them: some error messages come from V8. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const version = '22.23.3';
const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'node_modules/.cache', `node-${version}`);
const node = join(folder, 'node_modules/node/bin/node');

if (!existsSync(node)) {
  mkdirSync(folder, { recursive: true });
  // The package's install script fetches the executable.
  writeFileSync(join(folder, 'package.json'), '{"private": true, "allowScripts": {"node": true}}');
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', `node@${version}`];
  execFileSync('npm', args, { cwd: folder, stdio: 'inherit' });
}
const found = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
if (found !== `v${version}`) throw new Error(`expected Node ${version}, but the installed one is ${found}`);

console.log(`The recorded scripts, run by Node ${found}:`);
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const args = [vitest, 'run', '--project', 'tests', 'contracts/recordings/scripts/scripts.test.ts'];
const { status } = spawnSync(process.execPath, args, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, SCRIPTS_NODE: node },
});
process.exitCode = status ?? 1;
