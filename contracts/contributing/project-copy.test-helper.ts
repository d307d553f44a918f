import { execFile, execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  code: number;
  /** What came on standard output, then what came on standard error. */
  output: string;
}

/** A copy of the project to change, with the packages that are installed here. */
export interface ProjectCopy {
  folder: string;
  /** Runs a command in the copy, with the machine's own Node in front. */
  run(file: string, args: readonly string[], env?: Record<string, string>): Promise<Ended>;
  remove(): void;
}

/** Copies what git has, or would take: nothing that is ignored. */
export const copyProject = (): ProjectCopy => {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const path of listed.split('\0'))
    if (lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile())
      cpSync(join(root, path), join(folder, path));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { VITEST: _, VITEST_POOL_ID: __, NODE_ENV: ___, ...inherited } = process.env;
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((entry) => !entry.includes('node_modules'));
  return {
    folder,
    run: (file, args, env = {}) =>
      new Promise((resolve) => {
        const options = {
          cwd: folder,
          env: { ...inherited, PATH: path.join(delimiter), ...env },
          maxBuffer: 2 ** 26,
        };
        execFile(file, args, options, (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
        });
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
