/** Installs what `scripts/consumers/package.json` names, beside it: some 400 MB, by night 800, so only these tests have it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { isNightly } from '../../contracts/nightly.ts';
import { toolPath } from './tools.test-helper.ts';

export default async (): Promise<void> => {
  const command = existsSync(toolPath('.package-lock.json')) ? 'install' : 'ci';
  const { NODE_ENV: _, ...env } = process.env;
  const omitted = isNightly ? [] : ['--omit=optional'];
  const args = [command, '--no-audit', '--no-fund', '--prefer-offline', ...omitted];
  await promisify(execFile)('npm', args, { cwd: import.meta.dirname, env });
};
