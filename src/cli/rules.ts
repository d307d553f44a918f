import { rules as all, loadCases, type Rule, ruleOf } from '../contract/index.ts';
import { type Command, UsageError } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

const help = `Usage: logto-jwt-customizer rules [CODE]

Without a code: every rule that the contract suite checks. With one: what tenants do, the evidence, since which release
of Logto, and the cases that show it.

Exit codes: 0 good, 2 wrong use.`;

/** The suite describes releases from 1.28 on; only some cases begin or end later. */
const sinceOf = (code: string): string => {
  const releases = loadCases()
    .filter(({ rule }) => rule === code)
    .flatMap(({ since, before }) => since ?? before ?? []);
  const later = [...new Set(releases)].sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1]));
  return later.length === 0
    ? '1.28, the oldest recorded'
    : `1.28, the oldest recorded; it changed with ${later.join(', ')}`;
};

const explain = (code: string, { title, does, evidence }: Rule): string =>
  [
    `${code}: ${title}`,
    '',
    does,
    '',
    `Since: ${sinceOf(code)}`,
    '',
    'Evidence (contracts/recordings/):',
    ...evidence.map((name) =>
      name.startsWith('README: ') ? `  README.md: "${name.slice(8)}"` : `  recorded: ${name}`,
    ),
    '',
    'Cases (contracts/cases/):',
    ...loadCases()
      .filter(({ rule }) => rule === code)
      .map(({ group, name }) => `  ${group}.json: ${name}`),
  ].join('\n');

const run = async ([code, ...rest]: string[]): Promise<ExitCode> => {
  if (rest.length > 0) throw new UsageError('rules takes one code');
  if (code === undefined) {
    for (const [name, { title }] of Object.entries(all)) console.log(`${name.padEnd(28)} ${title}`);
    return exitCodes.good;
  }
  const rule = ruleOf(code);
  if (rule === undefined)
    throw new UsageError(`there is no rule ${code}; logto-jwt-customizer rules lists them`);
  console.log(explain(code, rule));
  return exitCodes.good;
};

export const rules: Command = { summary: 'explain what the contract suite checks', help, run };
