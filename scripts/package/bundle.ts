import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import limits from './size-limits.json' with { type: 'json' };

/** One file of a bundle. */
export interface Chunk {
  /** The modules in it, relative to the consumer's folder. */
  modules: string[];
  /** Bytes, minified. */
  minified: number;
  /** Bytes, minified and gzipped. */
  gzipped: number;
  text: string;
}

export interface Bundle {
  /** What loads at once: the entry, and what it imports statically. */
  loaded: Chunk[];
  /** What loads by `import()`, or with that. */
  lazy: Chunk[];
  /** The imports that no file answers, for example `node:fs`. */
  external: string[];
}

/** Leaves out what loads by `import()`. */
const withoutLazy: Plugin = {
  name: 'without-lazy',
  setup: ({ onResolve }) => {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

/**
 * Bundles code for browsers, as an application's build would: tree-shaken, minified.
 *
 * @param code - a module's text, which imports what is installed in the folder
 * @param splitting - whether what loads by `import()` becomes chunks, with what it shares with the entry in chunks of
 * its own; otherwise the bundle is one chunk without what loads by `import()`
 * @throws {Error} when something does not resolve; built-in modules of Node never throw, they are named in `external`
 */
export const bundle = async (folder: string, code: string, splitting = true): Promise<Bundle> => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: folder },
    absWorkingDir: folder,
    outdir: '/out',
    bundle: true,
    minify: true,
    splitting,
    plugins: splitting ? [] : [withoutLazy],
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['node:*'],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [`/${path.replace(/^(\.\.\/)*/, '')}`, output]),
  );
  const files = new Map(outputFiles.map(({ path, text, contents }) => [path, { text, contents }]));

  const entry = [...outputs].find(([, { entryPoint }]) => entryPoint === '<stdin>')?.[0] ?? '';
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: imported, kind, external } of outputs.get(path)?.imports ?? [])
      if (kind === 'import-statement' && external !== true) load(`/${imported.replace(/^(\.\.\/)*/, '')}`);
  };
  load(entry);

  const chunkOf = (path: string): Chunk => {
    const { text = '', contents = new Uint8Array() } = files.get(path) ?? {};
    return {
      modules: Object.keys(outputs.get(path)?.inputs ?? {}).filter((module) => module !== '<stdin>'),
      minified: contents.length,
      gzipped: gzipSync(contents, { level: 9 }).length,
      text,
    };
  };
  const all = [...outputs.keys()];
  return {
    loaded: all.filter((path) => loaded.has(path)).map(chunkOf),
    lazy: all.filter((path) => !loaded.has(path)).map(chunkOf),
    external: all
      .flatMap((path) => outputs.get(path)?.imports ?? [])
      .filter(({ external, kind }) => external === true && kind !== 'dynamic-import')
      .map(({ path }) => path),
  };
};

/** A figure that a limit holds. */
export interface Size {
  name: string;
  /** Bytes, minified and gzipped. */
  gzipped: number;
  /** Bytes. */
  minified: number;
  /** Bytes, gzipped. */
  limit: number;
}

const entry = `export * from 'logto-jwt-customizer';`;

const total = (chunks: Chunk[], name: keyof typeof limits): Size => ({
  name,
  gzipped: chunks.reduce((sum, { gzipped }) => sum + gzipped, 0),
  minified: chunks.reduce((sum, { minified }) => sum + minified, 0),
  limit: limits[name],
});

/**
 * The sizes of the client that `size-limits.json` limits: all that it exports, as one file without what loads by
 * `import()`; the same, as esbuild spreads it over the chunks that load at once; each chunk that loads later.
 *
 * @param folder - where the package is installed
 */
export const measure = async (folder: string): Promise<Size[]> => {
  const { loaded } = await bundle(folder, entry, false);
  const split = await bundle(folder, entry);
  return [
    total(loaded, 'client'),
    total(split.loaded, 'client, split'),
    ...split.lazy.map((chunk) => ({
      ...total([chunk], 'lazy chunk'),
      name: `lazy chunk (${chunk.modules.map((module) => module.replace(/^.*\/dist\//, '')).join(', ')})`,
    })),
  ];
};
