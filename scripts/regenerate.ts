/**
 * Makes all that is generated and committed, each step from what the ones before it wrote: `npm run regenerate`. To run it
 * again changes nothing.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

const steps = [
  ['scripts/generate.ts'],
  // A page that a test compares with what it finds: here it writes it.
  [
    'node_modules/vitest/vitest.mjs',
    ...['run', '--project', 'tests', '--update', '--reporter', 'dot'],
    'contracts/recordings/parity/parity.test.ts',
  ],
  ['scripts/build.ts'],
  ['scripts/api/main.ts'],
];

for (const step of steps) {
  const { status } = spawnSync(process.execPath, step, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(
      `npm run regenerate ended at ${step[0]}: what is wrong stands above; run it again after that`,
    );
    process.exit(1);
  }
}
console.log('All that is generated is up to date: see `git diff` for what changed.');
