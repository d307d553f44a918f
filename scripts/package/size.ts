import type { Bundle } from './bundle.ts';
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

/** The sizes that `size-limits.json` limits: of all that loads with the client, and of each chunk that loads later. */
export const sizesOf = ({ loaded, lazy }: Bundle): Size[] => {
  const sum = (key: 'minified' | 'gzipped'): number => loaded.reduce((total, chunk) => total + chunk[key], 0);
  return [
    { name: 'client', gzipped: sum('gzipped'), minified: sum('minified'), limit: limits.client },
    ...lazy.map(({ modules, gzipped, minified }) => ({
      name: `lazy chunk (${modules.map((module) => module.replace(/^.*\/dist\//, '')).join(', ')})`,
      gzipped,
      minified,
      limit: limits['lazy chunk'],
    })),
  ];
};
