import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs npm in a folder, as nobody who tests would. */
export const npm = async (folder: string, ...args: string[]): Promise<void> => {
  const { NODE_ENV: _, ...env } = process.env;
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)('npm', [...args, ...quiet], { cwd: folder, env });
};

/** Installs what the folder's `package.json` names beside it; in a moment when it is there. */
export const installBeside = (folder: string, ...args: string[]): Promise<void> => {
  const isThere = existsSync(join(folder, 'node_modules/.package-lock.json'));
  return npm(folder, isThere ? 'install' : 'ci', '--prefer-offline', ...args);
};
