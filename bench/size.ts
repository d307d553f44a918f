import { bundle, type Chunk } from '../scripts/package/bundle.ts';
import limits from '../scripts/package/size-limits.json' with { type: 'json' };
import type { Benchmark } from './measure.ts';
import { makeProject } from './project.ts';

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(2)} kB`;

const sizeOf = (chunks: readonly Chunk[]): number => chunks.reduce((sum, { gzipped }) => sum + gzipped, 0);

/** The module by which a chunk is known: the face of a folder, if there is one. */
const nameOf = ({ modules }: Chunk): string => {
  const name = modules.find((module) => module.endsWith('/index.js')) ?? modules.at(-1) ?? '';
  return name.replace(/^.*\/(?=[^/]+\/[^/]+$)/, '');
};

export const size: Benchmark = {
  name: 'size',
  title: 'Size, minified and gzipped',
  run: async () => {
    const project = makeProject();
    try {
      const ofOneFile = async (code: string): Promise<number> =>
        sizeOf((await bundle(project.folder, code, false)).loaded);
      const creating = `export { createJwtCustomizerClient } from 'logto-jwt-customizer';`;
      const whole = await ofOneFile(`export * from 'logto-jwt-customizer';`);
      const split = await bundle(project.folder, creating);
      const official = await ofOneFile(`export { createManagementApi } from '@logto/api/management';`);
      return {
        rows: [
          {
            what: 'the client, all that its entry exports',
            against: `@logto/api: ${kilobytes(official)}, validating nothing`,
            figure: kilobytes(whole),
            target: `at most ${kilobytes(limits.client)}`,
            isReached: whole <= limits.client,
          },
          { what: 'createJwtCustomizerClient alone', figure: kilobytes(await ofOneFile(creating)) },
          { what: 'the same, split into chunks by esbuild', figure: kilobytes(sizeOf(split.loaded)) },
          ...split.lazy.map((chunk) => ({
            what: `loaded when used: ${nameOf(chunk)}`,
            figure: kilobytes(chunk.gzipped),
          })),
          {
            what: 'the raw client, with openapi-fetch',
            figure: kilobytes(await ofOneFile(`export * from 'logto-jwt-customizer/raw';`)),
          },
        ],
        notes: [
          'Bundled by esbuild for browsers, as one file without what loads by `import()` unless said otherwise; gzip level 9; 1 kB is 1,000 bytes. `npm run check:package` holds the limits.',
        ],
      };
    } finally {
      project.remove();
    }
  },
};
