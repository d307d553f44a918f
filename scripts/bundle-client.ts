import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CodeSplittingNameFunction, rolldown } from 'rolldown';

/** Whatever the entry imports, but for `import()`, goes into one chunk. */
const loadedAtOnce = (entry: string): CodeSplittingNameFunction => {
  let reached: Set<string> | undefined;
  return (module, context) => {
    if (reached === undefined) {
      reached = new Set([entry]);
      // A set that grows while it is walked gives what was added, too.
      for (const id of reached)
        for (const imported of context.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
    }
    return reached.has(module) ? 'client' : null;
  };
};

/** What others import, in the package or in an application. */
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
 * Puts the client into a file for what is loaded at once and one for each part that is loaded when it is used. It has
 * some fifty modules, and Node takes about 0.5 ms to find and load one (docs/bench.md). The declarations stay as they
 * are.
 *
 * @param root - of the repository
 * @param dist - where all of it was compiled to, a file for each module
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
