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
  /** The files that load immediately: the entry and its static imports. */
  loaded: Chunk[];
  /** The files that load through `import()`, and their imports. */
  lazy: Chunk[];
  /** The imports that no file resolves, for example `node:fs`. */
  external: string[];
}

/** Leaves out modules that load through `import()`. */
const withoutLazy: Plugin = {
  name: 'without-lazy',
  setup: ({ onResolve }) => {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

/**
 * Bundles code for browsers like an application's build, with tree-shaking and minification.
 *
 * @param code - the text of a module, which imports packages installed in the folder
 * @param splitting - whether modules that load through `import()` become chunks, with separate chunks for the code that
 * they share with the entry; otherwise the bundle is one chunk without them
 * @throws {Error} if an import does not resolve, except Node's built-in modules, which `external` lists
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

/** A size that has a limit. */
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
 * The sizes of the client that `size-limits.json` limits: all of its exports in one file without the modules that load
 * through `import()`; the same in esbuild's chunks that load immediately; and each chunk that loads later.
 *
 * @param folder - the folder in which the package is installed
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
