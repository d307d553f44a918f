/** A mock to be measured, or Prism's own command on the same document, each in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../scripts/free-port.ts';
import { root } from './project.ts';

export interface MockProcess {
  url: string;
  /** From the start of the process to its first answer, in milliseconds. */
  started: number;
  /** Resident memory of the process, in MB. */
  memory(): number;
  close(): Promise<void>;
}

const commands = {
  ours: ['dist/src/cli/main.js', 'mock'],
  prism: [
    'node_modules/@stoplight/prism-cli/dist/index.js',
    'mock',
    '--verboseLevel',
    'silent',
    'openapi.yaml',
  ],
} as const;

/** Of `/proc`: the resident set, in pages of 1 kB. */
const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_000;

const isUp = async (url: string): Promise<boolean> => {
  try {
    // Both refuse it, without a token.
    const { status } = await fetch(`${url}/api/configs/jwt-customizer`);
    return status === 401;
  } catch {
    return false;
  }
};

/** @throws when it is not up within 30 s */
export const startProcess = async (which: keyof typeof commands): Promise<MockProcess> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [file, ...args] = commands[which];
  const begun = performance.now();
  const child: ChildProcess = spawn(process.execPath, [join(root, file), ...args, '--port', `${port}`], {
    cwd: root,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (!(await isUp(url))) {
    if (performance.now() - begun > 30_000 || child.exitCode !== null)
      throw new Error(`${which} does not start`);
    await wait(5);
  }
  const started = performance.now() - begun;
  return {
    url,
    started,
    memory: () => residentOf(child.pid ?? 0),
    close: async () => {
      child.kill();
      await ended;
    },
  };
};
