import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What V8 writes, as far as it is read here. Times in microseconds of one clock for all processes. */
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
  /** Milliseconds by what ran, longest first, idle time left out. */
  parts: [name: string, milliseconds: number][];
}

/** The package, Node itself, or the folder of ours that a function is from. */
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

/** The profiles that `node --cpu-prof` wrote to a folder, in the order in which they began. */
export const readProfiles = (folder: string, root: string): Profile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => read(join(folder, name), root))
    .sort((a, b) => a.startedAt - b.startedAt);
