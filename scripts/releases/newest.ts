/**
 * Compares our document with the newest `@logto/schemas` of the registry, and writes an issue about the differences.
 *
 *     node scripts/releases/newest.ts                       prints it, and exits with 1 if there is a difference
 *     node scripts/releases/newest.ts --output FILE         writes it if there is a difference
 *     … --release 1.42.0 --seed N|random --runs N           uses that version instead of the newest
 */
import { writeFile } from 'node:fs/promises';
import { readOptions, readRandom } from '../options.ts';
import { loadGuards } from './guards.ts';
import { installNewest, installReleases } from './install.ts';
import { disagreementsWith, issueOf } from './issue.ts';
import { documentGuardsOf } from './subjects.ts';

const values = readOptions({
  release: { type: 'string', default: 'latest' },
  output: { type: 'string' },
  seed: { type: 'string', default: 'random' },
  runs: { type: 'string', default: '5000' },
});
const { seed, runs } = readRandom(values);

await installReleases();
await installNewest(values.release);
const newest = await loadGuards('newest');
console.log(`@logto/schemas ${newest.version}, seed ${seed}, ${runs} bodies per schema`);
const issue = issueOf(newest, disagreementsWith(newest, documentGuardsOf(newest.version), { seed, runs }));
if (issue === undefined) console.log('nothing differs');
else if (values.output === undefined) {
  console.log(issue);
  process.exitCode = 1;
} else {
  await writeFile(values.output, issue);
  console.log(`there are differences: see ${values.output}`);
}
