import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  /** @default this command line */
  main?: string;
  cwd?: string;
  env?: Record<string, string>;
}

/** Runs the command line as if no test ran it, without a live tenant's variables. */
export const cli = (
  args: readonly string[],
  { main = join(import.meta.dirname, 'main.ts'), cwd, env = {} }: CliOptions = {},
): Promise<Ended> => {
  const tests = /^(LOGTO_(ENDPOINT|APP_ID|APP_SECRET)|VITEST|GITHUB_ACTIONS)$/;
  const inherited = Object.entries(process.env).filter(([name]) => !tests.test(name));
  const options = { cwd, env: { ...Object.fromEntries(inherited), ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
};
