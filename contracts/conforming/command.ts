import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Served } from './serve.ts';

/** The source of the command line. */
export const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Command {
  /** The tenant to run against. */
  served: Pick<Served, 'env'>;
  /** The folder that stands for the user's state folder. */
  state: string;
  args: string[];
  /** A module that the command's process loads first, or several. */
  preload?: URL | URL[];
  env?: NodeJS.ProcessEnv;
  /** @default that of this process */
  cwd?: string;
  /**
   * A file to redirect the output to.
   * @default none, the output is in `output`
   */
  stdout?: string;
}

export interface Run {
  child: ChildProcess;
  /** Resolves when this text has been printed. */
  printed(text: string): Promise<void>;
  ended: Promise<{ code: number | null; output: string }>;
}

/** Runs `logto-jwt-customizer contract --target tenant` on a tenant that is served here. */
export const runContractCommand = ({ served, args, env, ...command }: Command): Run =>
  runCommand({
    ...command,
    args: ['contract', '--target', 'tenant', ...args],
    env: { ...served.env, ...env },
  });

/** Runs `logto-jwt-customizer`. */
export const runCommand = ({ state, args, preload = [], env, cwd, stdout }: Omit<Command, 'served'>): Run => {
  const imports = [preload].flat().flatMap(({ href }) => ['--import', href]);
  const child = spawn(process.execPath, [...imports, main, ...args], {
    stdio: ['pipe', stdout === undefined ? 'pipe' : openSync(stdout, 'w'), 'pipe'],
    cwd,
    env: { ...process.env, XDG_STATE_HOME: state, ...env },
  });
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data) => {
      output += String(data);
      for (const check of waiting) check();
    });
  return {
    child,
    printed: (text) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (output.includes(text)) resolve();
        };
        waiting.add(check);
        check();
      }),
    ended: new Promise((resolve) => {
      child.once('close', (code) => resolve({ code, output }));
    }),
  };
};
