import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CodeSplittingNameFunction, rolldown } from 'rolldown';

/** Everything that the entry imports statically goes into one chunk. */
const loadedAtOnce = (entry: string): CodeSplittingNameFunction => {
  let reached: Set<string> | undefined;
  return (module, context) => {
    if (reached === undefined) {
      reached = new Set([entry]);
      // Iterating over a set includes elements that are added meanwhile.
      for (const id of reached)
        for (const imported of context.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
    }
    return reached.has(module) ? 'client' : null;
  };
};

/** The entries that other modules import, in the package or in an application. */
const entries = [
  'index',
  'raw',
  'redact',
  'printable',
  'endpoint',
  'errors',
  'json',
  'call/engine',
  'call/transport',
];

/**
 * Bundles the client into one file that loads immediately and one for each part that loads on first use. It has some
 * fifty modules, and Node takes about 0.5 ms to find and load one (docs/bench.md). The declarations stay unchanged.
 *
 * @param root - of the repository
 * @param dist - the compiled output, one file per module
 */
export const bundleClient = async (root: string, dist: string): Promise<void> => {
  const source = join(root, 'src/client');
  const target = join(dist, 'src/client');
  for (const file of await readdir(target, { recursive: true }))
    if (/\.js(\.map)?$/.test(file)) await rm(join(target, file));
  const input = Object.fromEntries(entries.map((name) => [name, join(source, `${name}.ts`)]));
  const bundle = await rolldown({
    input,
    platform: 'neutral',
    // The validators are entries of the package themselves.
    external: [/^openapi-fetch$/, /\/generated\/validators\//],
  });
  await bundle.write({
    dir: target,
    format: 'esm',
    sourcemap: true,
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ debugName: 'client', name: loadedAtOnce(join(source, 'index.ts')) }] },
  });
  await bundle.close();
};
