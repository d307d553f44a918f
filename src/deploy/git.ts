/** What git knows of the folder. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ConfigError } from './errors.ts';

interface Ended {
  code: number | string;
  stdout: string;
  stderr: string;
}

/** In English, whatever the locale. `code` is `ENOENT` without git. */
const git = (cwd: string, ...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, LC_ALL: 'C' } };
    execFile('git', args, options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

/**
 * The short hash of the commit that the folder is at, with `-dirty` if tracked files in it differ. Outside of a repository,
 * that of `GITHUB_SHA`.
 */
export const commitOf = async (
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> => {
  const head = await git(folder, 'rev-parse', '--short=7', 'HEAD');
  if (head.code !== 0) return /^[0-9a-f]{7}/.exec(env['GITHUB_SHA'] ?? '')?.[0];
  const { stdout } = await git(folder, 'status', '--porcelain', '--untracked-files=no', '--', '.');
  return `${head.stdout.trim()}${stdout === '' ? '' : '-dirty'}`;
};

/** Why git could not bring back the content of a file; `undefined` if it could. */
const reasonOf = async (file: string): Promise<string | undefined> => {
  const args = ['status', '--porcelain', '--ignored', '--untracked-files=all', '--', basename(file)];
  const { code, stdout, stderr } = await git(dirname(file), '--literal-pathspecs', ...args);
  if (code === 'ENOENT') return 'is not under version control, as git is not installed';
  if (/not a git repository/.test(stderr)) return 'is in no git repository';
  if (code !== 0) return `cannot be checked by git (${stderr.trim().split('\n')[0]})`;
  if (stdout === '') return undefined;
  return /^(?:\?\?|!!)/.test(stdout) ? 'is untracked' : 'has uncommitted changes';
};

/**
 * @throws {ConfigError} for files that exist and whose content git could not bring back: with uncommitted changes, untracked,
 *   or in no repository
 */
export const assertCommitted = async (files: readonly string[]): Promise<void> => {
  const problems: string[] = [];
  for (const file of files.filter((name) => existsSync(name))) {
    const reason = await reasonOf(file);
    if (reason !== undefined) problems.push(`${file} ${reason}`);
  }
  if (problems.length > 0)
    throw new ConfigError(
      `${problems.join('\n')}\nThe content would be lost. Commit it, or move the file away`,
    );
};

/** Whether git leaves a file out of commits: it is ignored and untracked, or in no repository. */
export const isIgnored = async (file: string): Promise<boolean> => {
  const { code, stderr } = await git(dirname(file), 'check-ignore', '--quiet', '--', basename(file));
  return code === 0 || /not a git repository/.test(stderr);
};
