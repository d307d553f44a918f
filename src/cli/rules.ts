import { claimsRules } from '../claims/rules.ts';
import { rules as all, loadCases, type Rule, ruleOf } from '../contract/index.ts';
import { type Command, exitCodes, UsageError } from './command.ts';

const help = `Usage: logto-jwt-customizer rules [CODE]

Lists the rules that the contract suite checks and the findings of check. With a code, explains one: what tenants do; for
a rule of the suite, also the evidence, the releases of Logto, and the cases.

Exit codes: 0 success, 2 usage error.`;

/** The explanation of a rule, here and on the documentation site. */
export interface RuleText extends Rule {
  code: string;
  /** The first release of Logto that it holds for, and those that changed it. */
  since: string;
  /** The cases that show it, each with its file. */
  cases: { file: string; name: string }[];
}

export const ruleText = (code: string, rule: Rule): RuleText => {
  const cases = loadCases().filter((shown) => shown.rule === code);
  // The suite describes releases from 1.28 on; only some cases begin or end later.
  const later = [...new Set(cases.flatMap(({ since, before }) => since ?? before ?? []))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  return {
    ...rule,
    code,
    since: `1.28, the oldest recorded${later.length > 0 ? `; changed in ${later.join(', ')}` : ''}`,
    cases: cases.map(({ group, name }) => ({ file: `${group}.json`, name })),
  };
};

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

const run: Command['run'] = async ([code, ...rest]) => {
  if (rest.length > 0) throw new UsageError('rules takes at most one code');
  if (code === undefined) {
    for (const [name, { title }] of Object.entries({ ...all, ...claimsRules }))
      console.log(`${name.padEnd(28)} ${title}`);
    return exitCodes.good;
  }
  const finding = Object.hasOwn(claimsRules, code) && claimsRules[code as keyof typeof claimsRules];
  if (finding) {
    console.log(`${code} (${finding.severity} of check): ${finding.title}\n\n${finding.does}`);
    return exitCodes.good;
  }
  const rule = ruleOf(code);
  if (rule === undefined)
    throw new UsageError(`there is no rule ${code}; list them with: logto-jwt-customizer rules`);
  console.log(explain(ruleText(code, rule)));
  return exitCodes.good;
};

export const rules: Command = { summary: 'explain what check and the contract suite find', help, run };
