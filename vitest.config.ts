import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

// Most tests start processes and threads that read our TypeScript: what is compiled is kept, a fifth of their time.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(
  new URL('./node_modules/.cache/compile', import.meta.url),
);

/** Those that take a minute and more begin first: begun last, they would keep one core waiting. */
const slowest = [
  'harm/killed',
  'harm/files',
  'deploy/killed',
  'package.test',
  'package/ci',
  'package/deploy-guides',
  'added-field',
  'harm/others',
  'live',
  'fuzz',
  'scripts/check',
  'secrets',
];

class SlowestFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    const rank = ({ moduleId }: { moduleId: string }): number => {
      const index = slowest.findIndex((name) => moduleId.includes(`/${name}.`));
      return index === -1 ? slowest.length : index;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: SlowestFirst },
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Most tests wait for the processes that they start, so more of them run than there are cores.
    maxWorkers: availableParallelism() + 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['{src,contracts,scripts}/**/*.test.ts'],
          exclude: [
            'contracts/contract.test.ts',
            'contracts/harm/**',
            'scripts/package.test.ts',
            'scripts/{package,api,consumers,site}/**',
            'scripts/releases/issue.test.ts',
          ],
          // They import JSON without saying so, which Node refuses.
          server: { deps: { inline: [/node_modules\/@actions\//] } },
        },
      },
      // What is published: built and packed once, then taken as others take it.
      {
        extends: true,
        test: {
          name: 'package',
          include: ['scripts/package.test.ts', 'scripts/{package,api}/**/*.test.ts'],
          globalSetup: 'scripts/package/pack.ts',
        },
      },
      // Brings the run times along, hundreds of megabytes: a command of its own.
      {
        extends: true,
        test: {
          name: 'consumers',
          include: ['scripts/consumers/*.test.ts'],
          globalSetup: ['scripts/package/pack.ts', 'scripts/consumers/tools.test-helper.ts'],
        },
      },
      // Brings Logto's guards of each release along: a command of its own.
      {
        extends: true,
        test: {
          name: 'releases',
          include: ['scripts/releases/issue.test.ts'],
          globalSetup: 'scripts/releases/install.ts',
        },
      },
      // The site that `npm run docs` has built, in Chromium: a command of its own.
      { extends: true, test: { name: 'docs', include: ['scripts/site/*.test.ts'], testTimeout: 60_000 } },
      // Some minutes of processes that are killed: a command of its own.
      { extends: true, test: { name: 'harm', include: ['contracts/harm/*.test.ts'] } },
    ],
  },
});
