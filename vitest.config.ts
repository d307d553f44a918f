import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,contracts,scripts}/**/*.test.ts'],
    exclude: ['contracts/contract.test.ts'],
    testTimeout: 30_000,
  },
});
