import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';

/** The machine's `PATH`. */
export const withoutTools = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((entry) => !entry.includes('node_modules'))
  .join(delimiter);

export interface Ended {
  code: number;
  /** Standard output, followed by standard error. */
  output: string;
}

/**
 * Runs a command in a folder, without vitest's environment. Rejects for an unknown command, never for an exit code.
 *
 * @param env - in addition to the machine's; undefined variables are removed
 */
export const executeIn = async (
  cwd: string,
  file: string,
  args: readonly string[],
  env: Record<string, string | undefined> = {},
): Promise<Ended> => {
  const { VITEST: _, VITEST_POOL_ID: __, NODE_ENV: ___, ...inherited } = process.env;
  try {
    const options = { cwd, env: { ...inherited, ...env }, maxBuffer: 2 ** 26 };
    const { stdout, stderr } = await promisify(execFile)(file, args, options);
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number | string; stdout: string; stderr: string };
    if (typeof code !== 'number') throw error;
    return { code, output: stdout + stderr };
  }
};
