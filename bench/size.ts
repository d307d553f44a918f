import { bundle, measure } from '../scripts/package/bundle.ts';
import type { Benchmark } from './measure.ts';
import { makeProject } from './project.ts';

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(2)} kB`;

export const size: Benchmark = {
  name: 'size',
  title: 'Size, minified and gzipped',
  run: async () => {
    const project = makeProject();
    try {
      const official = await bundle(
        project.folder,
        `export { createManagementApi } from '@logto/api/management';`,
        false,
      );
      const bytes = official.loaded.reduce((sum, { gzipped }) => sum + gzipped, 0);
      return {
        rows: (await measure(project.folder)).map(({ name, gzipped, limit }) => ({
          what: name,
          ...(name === 'client' && { against: `@logto/api: ${kilobytes(bytes)}, validating nothing` }),
          figure: kilobytes(gzipped),
          target: `at most ${kilobytes(limit)}`,
          isReached: gzipped <= limit,
        })),
        notes: [
          'Bundled by esbuild for browsers, as one file without the modules that load through `import()`, unless stated otherwise; gzip level 9; 1 kB is 1,000 bytes. `npm run check:package` enforces the limits.',
        ],
      };
    } finally {
      project.remove();
    }
  },
};
