import { rules as all, ruleOf } from '../contract/index.ts';
import { type Command, UsageError } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type RuleText, ruleText } from './rule-text.ts';

const help = `Usage: logto-jwt-customizer rules [CODE]

Without a code: every rule that the contract suite checks. With one: what tenants do, the evidence, since which release
of Logto, and the cases that show it.

Exit codes: 0 good, 2 wrong use.`;

const explain = ({ code, title, does, since, evidence, cases }: RuleText): string =>
  [
    `${code}: ${title}`,
    '',
    does,
    '',
    `Since: ${since}`,
    '',
    'Evidence (contracts/recordings/):',
    ...evidence.map((name) =>
      name.startsWith('README: ') ? `  README.md: "${name.slice(8)}"` : `  recorded: ${name}`,
    ),
    '',
    'Cases (contracts/cases/):',
    ...cases.map(({ file, name }) => `  ${file}: ${name}`),
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
  console.log(explain(ruleText(code, rule)));
  return exitCodes.good;
};

export const rules: Command = { summary: 'explain what the contract suite checks', help, run };
