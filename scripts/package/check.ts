/** Checks the packed package with publint, are-the-types-wrong and the limits in `size-limits.json`. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './bundle.ts';
import { pack, root } from './pack.ts';

const faults: string[] = [];

/** Runs a tool, and shows its output only if it fails. */
const check = (name: string, command: string, args: string[], cwd: string): void => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) console.log(`${name}: passed`);
  else faults.push(`${name}:\n${stdout}${stderr}`);
};

const bin = (name: string): string => join(root, 'node_modules/.bin', name);

const folder = await mkdtemp(join(tmpdir(), 'check-package-'));
try {
  const tarball = await pack(folder);
  check('publint', bin('publint'), ['run', tarball, '--strict'], folder);
  // A YAML file has no types.
  const attw = [tarball, '--profile', 'esm-only', '--exclude-entrypoints', './openapi.yaml', '--no-color'];
  check('are-the-types-wrong', bin('attw'), attw, folder);

  await writeFile(join(folder, 'package.json'), '{"private": true, "type": "module"}');
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', tarball];
  check('npm install of the tarball', 'npm', install, folder);
  for (const { name, gzipped, minified, limit } of await measure(folder)) {
    const line = `${name}: ${gzipped} bytes gzipped of at most ${limit}, ${minified} minified`;
    if (gzipped <= limit) console.log(line);
    else faults.push(`${line} (scripts/package/size-limits.json)`);
  }
} finally {
  await rm(folder, { recursive: true });
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
