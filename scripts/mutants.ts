/**
 * Runs the cases against tenants that are wrong in one way each: `npm run contract:mutants -- [--only TEXT] [--all]`. Exits with 1 when one survives, or when a tenant that conforms does not.
 */
import { recordedReleases } from '../contracts/conforming/index.ts';
import {
  formatResults,
  hunt,
  type Mutant,
  mutants,
  noMutant,
  type Result,
  rulesOf,
  summary,
} from '../contracts/conforming/mutants/index.ts';
import { loadCases } from '../src/contract/index.ts';
import { readOptions, wrongUse } from './options.ts';

const usage = `Options:
  --only TEXT  the mutants alone whose name, area or rule has this text
  --all        run every case against every mutant, and count those that find it`;

const { only, all = false } = readOptions({ only: { type: 'string' }, all: { type: 'boolean' } }, usage);

const isMeant = ({ name, area, ...mutant }: Mutant): boolean =>
  only === undefined || [name, area, ...rulesOf(mutant)].some((text) => text.includes(only));
const chosen = mutants.filter(isMeant);
if (chosen.length === 0) wrongUse(`no mutant's name, area or rule has "${only}"`, usage);

const cases = loadCases();

for (const release of recordedReleases) {
  const { killers, untried, tried } = await hunt(noMutant(release), cases, true);
  const wrong = [
    ...killers.map(({ case: { name }, findings }) => `${name}: ${findings[0]?.message}`),
    ...untried.map(({ name, why }) => `${name}: ${why}`),
  ];
  console.log(`A conforming tenant of ${release}: ${tried} cases, ${wrong.length} findings`);
  if (wrong.length > 0) {
    console.error(`${wrong.join('\n')}\nThe mutants would prove nothing: this comes first.`);
    process.exit(1);
  }
}

const results: Result[] = [];
for (const mutant of chosen) results.push({ mutant, verdict: await hunt(mutant, cases, all) });
const hasSurvivors = results.some(({ verdict }) => verdict.killer === undefined);

console.log(`\n${formatResults(results, all)}\n\n${summary(results)}`);
if (hasSurvivors) process.exitCode = 1;
