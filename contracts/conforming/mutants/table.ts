import { type Killer, rulesOf, type Verdict } from './hunt.ts';
import type { Mutant } from './mutant.ts';

/** What became of a mutant. */
export interface Result {
  mutant: Mutant;
  verdict: Verdict;
}

/** A line of `docs/mutants.md`. */
export interface Row {
  mutant: string;
  area: string;
  /** The rule that the killing case is about. */
  rule: string;
  /** The name of the first case that found it. */
  killer: string;
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

const intro = `# What the suite finds

Each line is a tenant that is wrong in one way, and the first case that finds it. The case is about the rule that this
tenant breaks (\`contracts/rules.json\`): finding it for another reason does not count. The tenants are data in
\`contracts/conforming/mutants/\`; \`npm run contract:mutants\` runs the cases against every one over HTTP, and
\`npm run contract:mutants -- --write\` writes this page.

| mutant | area | rule | first case that finds it |
| --- | --- | --- | --- |
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The page `docs/mutants.md`, of those that were killed. */
export const formatMarkdown = (results: readonly Result[]): string =>
  intro +
  results
    .flatMap(({ mutant: { name, area }, verdict: { killer } }) =>
      killer === undefined ? [] : [[name, area, `\`${killer.case.rule}\``, killer.case.name]],
    )
    .map((cells) => `| ${cells.map(cell).join(' | ')} |\n`)
    .join('');

/** The lines of that page. */
export const parseMarkdown = (page: string): Row[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => {
      const [mutant = '', area = '', rule = '', killer = ''] = line
        .slice(2, -2)
        .split(/(?<!\\) \| /)
        .map((text) => text.replaceAll('\\|', '|'));
      return { mutant, area, rule: rule.replaceAll('`', ''), killer };
    });
