import { bundle, type Chunk } from './bundle.ts';
import limits from './size-limits.json' with { type: 'json' };

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
