/** Installs what `scripts/consumers/package.json` names, beside it: some 800 MB, so only these tests have it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { toolPath } from './tools.test-helper.ts';

export default async (): Promise<void> => {
  const command = existsSync(toolPath('.package-lock.json')) ? 'install' : 'ci';
  const { NODE_ENV: _, ...env } = process.env;
  const args = [command, '--no-audit', '--no-fund', '--prefer-offline'];
  await promisify(execFile)('npm', args, { cwd: import.meta.dirname, env });
};
