/** Reads the workflows and the action like GitHub, and runs the script of a step like its runner. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';

export interface Step {
  id?: string;
  name?: string;
  if?: string;
  uses?: string;
  run?: string;
  shell?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

export interface Job {
  permissions?: Record<string, string> | string;
  environment?: string;
  outputs?: Record<string, string>;
  needs?: string | string[];
  if?: string;
  uses?: string;
  /** Only in a job that calls a workflow. */
  with?: Record<string, string>;
  secrets?: string;
  'timeout-minutes'?: number;
  concurrency?: Record<string, unknown>;
  strategy?: { 'fail-fast'?: boolean; matrix: Record<string, unknown> };
  steps?: Step[];
}

export interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string> | string;
  jobs: Record<string, Job>;
}

export interface Action {
  inputs: Record<string, { required?: boolean }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
}

const root = resolve(import.meta.dirname, '..');
const folder = '.github/workflows';

/** The paths of the workflows and the action in the repository. */
export const files = [...readdirSync(join(root, folder)).map((name) => `${folder}/${name}`), 'action.yml'];

export const readText = (file: string): string => readFileSync(join(root, file), 'utf8');

/** @param name of a file in `.github/workflows/` */
export const readWorkflow = (name: string): Workflow => parse(readText(`${folder}/${name}`)) as Workflow;

export const readAction = (): Action => parse(readText('action.yml')) as Action;

export interface Ran {
  code: number | null;
  output: string;
  /** The step's outputs for later steps, from `GITHUB_OUTPUT`. */
  outputs: Record<string, string>;
  summary: string;
}

/** Simulates a GitHub runner for a step: a working folder and a temporary folder. */
export interface Runner {
  folder: string;
  temporary: string;
  /**
   * Runs a step's script with `bash`, with these variables and those of the machine.
   *
   * @param onStart - receives a function that signals the process like GitHub does when a job is cancelled
   */
  run(
    step: Step | undefined,
    env?: Record<string, string>,
    onStart?: (cancel: () => void) => void,
  ): Promise<Ran>;
  remove(): void;
}

/** Variables of the machine's own environment that belong to another run. */
const ofAnotherRun = /^(GITHUB_|RUNNER_|LOGTO_|CONTRACT_|VITEST|NODE_ENV)/;

/** @param path the `PATH` of every step */
export const createRunner = (path: string): Runner => {
  const folder = mkdtempSync(join(tmpdir(), 'runner-work-'));
  const temporary = mkdtempSync(join(tmpdir(), 'runner-temp-'));
  const script = join(temporary, 'step.sh');
  const written = {
    GITHUB_OUTPUT: join(temporary, 'output'),
    GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
  };
  const machine = Object.entries(process.env).filter(([name]) => !ofAnotherRun.test(name));
  return {
    folder,
    temporary,
    run: async (step, env = {}, onStart = () => {}) => {
      if (step?.run === undefined) throw new Error('the step does not exist or has no script');
      writeFileSync(script, step.run);
      for (const file of Object.values(written)) writeFileSync(file, '');
      const flags = step.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
      const child = spawn('bash', [...flags, script], {
        cwd: folder,
        env: {
          ...Object.fromEntries(machine),
          PATH: path,
          CI: 'true',
          GITHUB_ACTIONS: 'true',
          RUNNER_TEMP: temporary,
          XDG_STATE_HOME: temporary,
          ...written,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      onStart(() => void child.kill('SIGINT'));
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit') as Promise<[number | null]>,
      ]);
      const outputs = readFileSync(written.GITHUB_OUTPUT, 'utf8').trim().split('\n').filter(Boolean);
      return {
        code,
        output: stdout + stderr,
        outputs: Object.fromEntries(outputs.map((line) => line.split(/=(.*)/s).slice(0, 2))),
        summary: readFileSync(written.GITHUB_STEP_SUMMARY, 'utf8'),
      };
    },
    remove: () => {
      for (const path of [folder, temporary]) rmSync(path, { recursive: true, force: true });
    },
  };
};

/** Finds a step by name. */
export const stepOf = (steps: readonly Step[] = [], name: string): Step | undefined =>
  steps.find((step) => step.name === name);
