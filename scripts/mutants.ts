/**
 * Runs the cases against tenants with one bug each: `npm run contract:mutants -- [--only TEXT] [--all]`. Exits with 1 if one survives, or if the conforming tenant fails.
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
import { readOptions, usageError } from './options.ts';

const usage = `Options:
  --only TEXT  only mutants whose name, area or rule contains TEXT
  --all        run every case against every mutant, and count the cases that detect it`;

const { only, all = false } = readOptions({ only: { type: 'string' }, all: { type: 'boolean' } }, usage);

const isMeant = ({ name, area, ...mutant }: Mutant): boolean =>
  only === undefined || [name, area, ...rulesOf(mutant)].some((text) => text.includes(only));
const chosen = mutants.filter(isMeant);
if (chosen.length === 0) usageError(`no name, area or rule of a mutant contains "${only}"`, usage);

const cases = loadCases();

for (const release of recordedReleases) {
  const { killers, untried, tried } = await hunt(noMutant(release), cases, true);
  const wrong = [
    ...killers.map(({ case: { name }, findings }) => `${name}: ${findings[0]?.message}`),
    ...untried.map(({ name, why }) => `${name}: ${why}`),
  ];
  console.log(`The conforming tenant of ${release}: ${tried} cases, ${wrong.length} problems`);
  if (wrong.length > 0) {
    console.error(`${wrong.join('\n')}\nFix this first: until then, the mutants prove nothing.`);
    process.exit(1);
  }
}

const results: Result[] = [];
for (const mutant of chosen) results.push({ mutant, verdict: await hunt(mutant, cases, all) });
const hasSurvivors = results.some(({ verdict }) => verdict.killer === undefined);

console.log(`\n${formatResults(results, all)}\n\n${summary(results)}`);
if (hasSurvivors) process.exitCode = 1;
