import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Profile, readProfiles } from './cpu-profile.ts';
import { type Benchmark, interleave, median, quantile, type Row, samplesOf } from './measure.ts';
import { root } from './project.ts';

const commands: Readonly<Record<string, [string, ...string[]]>> = {
  'npm run contract -- --target mock': ['npm', 'run', 'contract', '--', '--target', 'mock'],
  'node src/cli/main.ts contract --target mock': [
    process.execPath,
    'src/cli/main.ts',
    'contract',
    '--target',
    'mock',
  ],
};

/** The whole command, in milliseconds. @throws when it fails: a case that fails takes another time */
const runCommand = async (name: string, env: Record<string, string> = {}): Promise<number> => {
  const [file, ...args] = commands[name] ?? [''];
  const started = performance.now();
  await promisify(execFile)(file, args, { cwd: root, env: { ...process.env, ...env } });
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

/** One run, profiled: how long it took, and where the time went. */
const profile = async (name: string): Promise<{ milliseconds: number; notes: string[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-profile-'));
  try {
    const milliseconds = await runCommand(name, { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` });
    const profiles = readProfiles(folder, root);
    if (profiles.length !== threads.length)
      throw new Error(`${profiles.length} profiles in place of those of ${threads.join(', ')}`);
    const from = profiles[0]?.startedAt ?? Number.NaN;
    const notes = [
      `Where the time goes, by the profiles of one run of \`${name}\` (profiling itself takes some of it):`,
      profiles
        .map((profile, index) => {
          const [begin, end] = [profile.startedAt - from, profile.endedAt - from];
          return `- ${threads[index]}, ${seconds(begin)} to ${seconds(end)}: ${partsOf(profile)}`;
        })
        .join('\n'),
    ];
    return { milliseconds, notes };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const contract: Benchmark = {
  name: 'contract',
  title: 'The contract suite on the mock, whole command',
  run: async (isQuick) => {
    const names = Object.keys(commands);
    const profiled = names.at(-1) ?? '';
    if (isQuick) {
      const { milliseconds, notes } = await profile(profiled);
      return { rows: [{ what: profiled, figure: seconds(milliseconds) }], notes };
    }
    const samples = await interleave(
      Object.fromEntries(names.map((name) => [name, () => runCommand(name)])),
      { rounds: 9, warmUp: 1 },
    );
    const rows = names.map((name): Row => {
      const all = samplesOf(samples, name);
      const middle = median(all);
      return {
        what: name,
        figure: seconds(middle),
        spread: `${seconds(quantile(all, 0))} to ${seconds(quantile(all, 1))}`,
        target: 'at most 5 s on two cores',
        isReached: middle <= 5_000,
      };
    });
    return { rows, notes: (await profile(profiled)).notes };
  },
};
