import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['{src,contracts,scripts}/**/*.test.ts'],
          exclude: ['contracts/contract.test.ts', 'contracts/harm.test.ts'],
        },
      },
      // Some minutes of processes that are killed: a command of its own.
      { extends: true, test: { name: 'harm', include: ['contracts/harm.test.ts'] } },
    ],
  },
});
