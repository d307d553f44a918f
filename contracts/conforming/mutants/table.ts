import { type Killer, rulesOf, type Verdict } from './hunt.ts';
import type { Mutant } from './mutant.ts';

/** What became of a mutant. */
export interface Result {
  mutant: Mutant;
  verdict: Verdict;
}

const findingOf = ({ findings: [first] }: Killer): string =>
  first === undefined ? '' : `${first.check}: ${first.message.replaceAll('\n', ' ').slice(0, 100)}`;

/** Why a mutant lives on, as far as it is known. */
const survival = ({ killers: [other], untried: [first, ...others] }: Verdict): string => {
  if (other !== undefined) return `found for another reason: ${other.case.rule}: ${other.case.name}`;
  return first === undefined ? 'nothing found' : `${others.length + 1} cases not tried: ${first.why}`;
};

/** For people: what killed each mutant, what was found, and by how many cases if all ran. */
export const formatResults = (results: readonly Result[], isWhole: boolean): string =>
  results
    .map(({ mutant, verdict }) => {
      const { killer, killers } = verdict;
      const head = `${killer ? '✓' : '✗'} ${mutant.area}: ${mutant.name}`;
      if (killer === undefined)
        return `${head}\n    SURVIVED (${rulesOf(mutant).join(', ')}): ${survival(verdict)}`;
      const count = isWhole ? ` (${killers.length} cases in all)` : '';
      return `${head}\n    ${killer.case.rule}: ${killer.case.name}${count}\n    ${findingOf(killer)}`;
    })
    .join('\n');

export const summary = (results: readonly Result[]): string => {
  const killed = results.filter(({ verdict }) => verdict.killer !== undefined).length;
  return `${results.length} mutants, ${killed} killed, ${results.length - killed} survived`;
};
