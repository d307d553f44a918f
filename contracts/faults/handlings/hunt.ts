import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Line } from './child.ts';
import { copyClient, type Handling, handlings } from './handling.ts';

const child = fileURLToPath(new URL('child.ts', import.meta.url));

/** The most milliseconds for all proofs of one client, each of which ends by itself. */
const timeout = 120_000;

export interface Verdict {
  readonly handling: string;
  readonly killed: readonly Line[];
  /** The problems that make the run fail. */
  readonly problems: readonly string[];
}

/** The catalogue is compiled once, not by each child. */
const cache = join(tmpdir(), 'client-mutants-compiled');

/** Real milliseconds without progress that count as hanging: if a client should not hang, and if it may. */
const patience = { unchanged: 10_000, mutated: 1_500 };

const runChild = async (path: string, handling: string, within: number): Promise<Line[]> => {
  const { stdout } = await promisify(execFile)(process.execPath, [child, path, handling, String(within)], {
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
    timeout,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
};

/** The unchanged client: every proof passes. */
export const runUnchanged = async (): Promise<{ held: number; problems: string[] }> => {
  const copy = copyClient([]);
  try {
    const lines = await runChild(copy.path, 'all', patience.unchanged);
    const failed = lines.filter(({ findings }) => findings.length > 0);
    return {
      held: lines.length - failed.length,
      problems: failed.map(({ name, findings }) => `${name}\n  ${findings.join('\n  ')}`),
    };
  } finally {
    copy.remove();
  }
};

/** The client without one handling: each proof of that handling fails, but healthy calls do not. */
export const hunt = async (name: string, { mutations }: Handling): Promise<Verdict> => {
  try {
    const copy = copyClient(mutations);
    try {
      const lines = await runChild(copy.path, name, patience.mutated);
      const proved = lines.filter(({ isHealthy }) => !isHealthy);
      return {
        handling: name,
        killed: proved.filter(({ findings }) => findings.length > 0),
        problems: [
          ...lines
            .filter(({ isHealthy, findings }) => isHealthy && findings.length > 0)
            .map((line) => `breaks more than its handling: ${line.name}: ${line.findings.join('; ')}`),
          ...proved.filter(({ findings }) => findings.length === 0).map((line) => `survives: ${line.name}`),
          ...(proved.length === 0 ? ['nothing proves it'] : []),
        ],
      };
    } finally {
      copy.remove();
    }
  } catch (error) {
    return { handling: name, killed: [], problems: [String(error)] };
  }
};

/** Tests the named handlings, this many at a time. */
export const huntAll = async (
  names: readonly string[],
  atOnce: number,
  done: (verdict: Verdict) => void,
): Promise<Verdict[]> => {
  const left = Object.entries(handlings).filter(([name]) => names.includes(name));
  const verdicts: Verdict[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const verdict = await hunt(...next);
      verdicts.push(verdict);
      done(verdict);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return verdicts;
};
