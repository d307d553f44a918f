/**
 * Generates all committed output: `npm run regenerate`. Each step uses the output of the previous ones. Running it again
 * changes nothing.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

const steps = [
  ['scripts/generate.ts'],
  // A test compares this page with its results; with this variable, it writes the page.
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
      `npm run regenerate failed at ${step[0]}, with the error above; fix it and run the command again`,
    );
    process.exit(1);
  }
}
console.log('All generated files are up to date; `git diff` shows what changed.');
