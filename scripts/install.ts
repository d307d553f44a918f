import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs npm in a folder, without vitest's environment. */
export const npm = async (folder: string, ...args: string[]): Promise<void> => {
  const { NODE_ENV: _, ...env } = process.env;
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)('npm', [...args, ...quiet], { cwd: folder, env });
};

/** Installs the dependencies of the folder's `package.json`; fast if they are already installed. */
export const installBeside = (folder: string, ...args: string[]): Promise<void> => {
  const isThere = existsSync(join(folder, 'node_modules/.package-lock.json'));
  return npm(folder, isThere ? 'install' : 'ci', '--prefer-offline', ...args);
};
