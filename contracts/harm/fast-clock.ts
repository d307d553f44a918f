/** Loaded into a command's process first: its timers run a thousand times as fast. */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const real = timers.setTimeout;
const { performance } = globalThis;
const now = performance.now.bind(performance);
let passed = 0;

performance.now = () => now() + passed;
timers.setTimeout = async (milliseconds = 0, ...rest) => {
  process.stderr.write(`waits ${milliseconds} ms\n`);
  passed += milliseconds;
  return real(milliseconds / 1000, ...(rest as [never]));
};
syncBuiltinESMExports();
