import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../temporary.test-helper.ts';
import { root } from './pack.ts';

/** The folder of the Node that `npm ci` brings. */
export const toolsNode = join(root, 'node_modules/node/bin');

/** The machine's `PATH`. */
export const withoutTools = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((entry) => !entry.includes('node_modules'))
  .join(delimiter);

export interface Ended {
  code: number;
  /** What came on standard output, then what came on standard error. */
  output: string;
}

export interface ExecuteOptions {
  env?: Record<string, string>;
  /** Whose `node` comes first on PATH. */
  node?: 'tools' | 'machine';
}

/** A project of its own in an empty folder, outside the repository, that is removed after the tests. */
export interface Consumer {
  folder: string;
  /** Writes a file into the folder. */
  write(name: string, text: string): void;
  /** Runs a command in the folder. It rejects for a command that does not exist, never for an exit code. */
  execute(file: string, args: string[], options?: ExecuteOptions): Promise<Ended>;
  /** `npm install` with these packages. */
  install(...packages: string[]): Promise<void>;
}

export const createConsumer = (): Consumer => {
  const folder = temporaryFolder();
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('package.json', '{"private": true, "type": "module"}');

  const execute = async (
    file: string,
    args: string[],
    { env = {}, node = 'tools' }: ExecuteOptions = {},
  ): Promise<Ended> => {
    const path = node === 'tools' ? `${toolsNode}${delimiter}${withoutTools}` : withoutTools;
    const { VITEST: _, VITEST_POOL_ID: __, NODE_ENV: ___, ...inherited } = process.env;
    try {
      const { stdout, stderr } = await promisify(execFile)(file, args, {
        cwd: folder,
        env: { ...inherited, PATH: path, ...env },
        maxBuffer: 2 ** 26,
      });
      return { code: 0, output: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number | string; stdout: string; stderr: string };
      if (typeof code !== 'number') throw error;
      return { code, output: stdout + stderr };
    }
  };

  return {
    folder,
    write,
    execute,
    install: async (...packages) => {
      const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
      const { code, output } = await execute('npm', [...args, ...packages]);
      if (code !== 0) throw new Error(output);
    },
  };
};
