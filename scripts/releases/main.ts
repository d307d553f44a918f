/**
 * Compares our document with Logto's own guards, release by release: which bodies they accept, which fields they keep, and
 * the verdicts of `generated/compatibility.json` on each field.
 *
 *     npm run releases -- [--seed N|random] [--runs N]    exits with 1 if there is a difference
 */

import { subjects } from '../../contracts/guards/subjects.ts';
import { readOptions, readRandom } from '../options.ts';
import { makeCompatibility } from './compatibility.ts';
import { withoutExceptions } from './exceptions.ts';
import { loadGuards } from './guards.ts';
import { installedReleases, installReleases } from './install.ts';
import { type Disagreement, search } from './search.ts';
import { describedOf, documentGuardsOf } from './subjects.ts';

const { seed, runs } = readRandom(
  readOptions({ seed: { type: 'string', default: '20261125' }, runs: { type: 'string', default: '1500' } }),
);

await installReleases();
const loaded = await Promise.all(
  installedReleases.map(async ({ release }) => ({ release, ...(await loadGuards(release)) })),
);

const { compatibility, wrong } = makeCompatibility(
  new Map(loaded.map(({ release, guards }) => [release, guards])),
);
const [{ fields = {} } = {}] = compatibility.bodies;
console.log(
  `${Object.keys(fields).length} fields of an access-token customizer, and the fields of the other bodies, on ${compatibility.releases.map(({ release }) => release).join(', ')}`,
);

const worded = ({ release, kind, place, value, says, body, subject }: Disagreement): string =>
  `${release} ${kind} something that the document does not: ${subject.schema} ${place.pointer}${value === undefined ? '' : ` ${JSON.stringify(value)}`}${says === undefined ? '' : ` (${says})`}
  ${body}
  ${place.files.join(', ')}`;

console.log(`seed ${seed}, ${runs} bodies per schema and release`);
const all = subjects.flatMap((subject) => {
  const rivals = loaded.map(({ release, guards, described }) => ({
    release,
    document: documentGuardsOf(release),
    guards,
    described: describedOf(described, subject),
  }));
  const { accepted, refused, found } = search(subject, rivals, { seed, runs });
  console.log(`${subject.schema}: ${accepted} accepted, ${refused} refused`);
  return found;
});
const { faults: unnamed, stale } = withoutExceptions(all);
console.log(
  `${all.length - unnamed.length} differences listed with their reasons in scripts/releases/exceptions.json`,
);
const faults = [
  ...wrong,
  ...unnamed.map(worded),
  ...stale.map((line) => `scripts/releases/exceptions.json: ${line} is no longer needed: remove it`),
];

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
