/**
 * The differential check with any seed: `npm run differential -- [--seed N|random] [--runs N]`.
 * Exits with 1 and prints the shrunk body when a verdict differs.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { compare, subjects } from '../contracts/guards/check.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: 'random' }, runs: { type: 'string', default: '10000' } },
});
const seed = values.seed === 'random' ? randomInt(2 ** 31) : Number(values.seed);
const runs = Number(values.runs);
if (!Number.isInteger(seed) || !Number.isInteger(runs) || runs < 1) {
  console.error('--seed takes a whole number or "random", --runs a whole number from 1');
  process.exit(2);
}
console.log(`seed ${seed}, ${runs} bodies of each schema`);
for (const subject of subjects) {
  try {
    const { bodies, valid, invalid, storage, keywords } = compare(subject, { seed, runs });
    console.log(
      `${subject.schema}: ${bodies} bodies, ${valid} valid, ${invalid} invalid, ${storage} refused by storage alone`,
    );
    console.log(
      `  ${Object.entries(keywords)
        .map(([keyword, count]) => `${keyword} ${count}`)
        .join(', ')}`,
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.message);
    process.exitCode = 1;
  }
}
