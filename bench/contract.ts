import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Benchmark, interleave, median, quantile, type Row, samplesOf } from './measure.ts';
import { root } from './project.ts';

/** The used part of V8's profiles. Times are in microseconds of one clock for all processes. */
interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[];
  startTime: number;
  endTime: number;
  samples: number[];
  timeDeltas: number[];
}

/** One thread of one process. */
export interface Profile {
  startedAt: number;
  endedAt: number;
  /** Milliseconds by module, longest first, without idle time. */
  parts: [name: string, milliseconds: number][];
}

/** The package or folder of a function, or Node itself. */
const ownerOf = (url: string, functionName: string, root: string): string => {
  if (url === '') return functionName.replaceAll(/[()]/g, '') || 'native code';
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage !== undefined) return inPackage;
  if (url.startsWith('node:internal/modules')) return 'Node: loading modules';
  if (url.startsWith('node:internal/deps/amaro') || url.startsWith('wasm:')) return 'Node: stripping types';
  if (url.startsWith('node:internal/deps/undici')) return 'Node: fetch';
  if (url.startsWith('node:')) return 'Node';
  const [folder = '', inside = ''] = url
    .replace(/^file:\/\//, '')
    .replace(`${root}/`, '')
    .split('/');
  return folder === 'src' ? `src/${inside}` : folder;
};

const read = (file: string, root: string): Profile => {
  const { nodes, startTime, endTime, samples, timeDeltas }: CpuProfile = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const owners = new Map(
    nodes.map(({ id, callFrame: { url, functionName } }) => [id, ownerOf(url, functionName, root)]),
  );
  const sums = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const owner = owners.get(id) ?? '';
    if (owner !== 'idle') sums.set(owner, (sums.get(owner) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  }
  return {
    startedAt: startTime / 1000,
    endedAt: endTime / 1000,
    parts: [...sums].sort(([, a], [, b]) => b - a),
  };
};

/** The profiles that `node --cpu-prof` wrote to a folder, in the order of their start. */
export const readProfiles = (folder: string, root: string): Profile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => read(join(folder, name), root))
    .sort((a, b) => a.startedAt - b.startedAt);

const command = 'node src/cli/main.ts contract --target mock';

/** The duration of the whole command in milliseconds. @throws if it fails, since a failing case takes a different time */
const runCommand = async (env: Record<string, string> = {}): Promise<number> => {
  const [, ...args] = command.split(' ');
  const started = performance.now();
  await promisify(execFile)(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  return performance.now() - started;
};

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

/** The longest parts of a thread's time. */
const partsOf = ({ parts }: Profile): string =>
  parts
    .slice(0, 9)
    .map(([name, milliseconds]) => `${name} ${Math.round(milliseconds)} ms`)
    .join(', ');

const threads = ["the command's process", "vitest's process", "vitest's worker thread"];

/** One run, profiled: where the time went. */
const profile = async (): Promise<string[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  try {
    await runCommand({ NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` });
    const profiles = readProfiles(folder, root);
    if (profiles.length !== threads.length)
      throw new Error(`expected the profiles of ${threads.join(', ')}, found ${profiles.length} profiles`);
    const from = profiles[0]?.startedAt ?? Number.NaN;
    const lines = profiles.map((profile, index) => {
      const [begin, end] = [profile.startedAt - from, profile.endedAt - from];
      return `- ${threads[index]}, ${seconds(begin)} to ${seconds(end)}: ${partsOf(profile)}`;
    });
    return [
      'Where the time goes, according to the profiles of one run (profiling itself takes some of it):',
      lines.join('\n'),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const contract: Benchmark = {
  name: 'contract',
  title: 'The contract suite on the mock, complete command',
  run: async (isQuick) => {
    const options = isQuick ? { rounds: 1, warmUp: 0 } : { rounds: 9, warmUp: 1 };
    const all = samplesOf(await interleave({ command: () => runCommand() }, options), 'command');
    const row: Row = {
      what: command,
      figure: seconds(median(all)),
      spread: `${seconds(quantile(all, 0))} to ${seconds(quantile(all, 1))}`,
      target: 'at most 5 s on two cores',
      isReached: median(all) <= 5_000,
    };
    return { rows: [row], notes: await profile() };
  },
};
