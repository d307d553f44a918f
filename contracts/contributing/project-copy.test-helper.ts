import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { executeIn, withoutTools } from '../../scripts/execute.test-helper.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A copy of the project to change, with the packages installed here: all files that git tracks or would add, but no
 * ignored ones.
 */
export const copyProject = () => {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const path of listed.split('\0'))
    if (lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile())
      cpSync(join(root, path), join(folder, path));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    /** Runs a command in the copy, with the machine's own Node first in PATH. */
    run: (file: string, args: readonly string[], env: Record<string, string> = {}) =>
      executeIn(folder, file, args, { PATH: withoutTools, ...env }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

export type ProjectCopy = ReturnType<typeof copyProject>;
