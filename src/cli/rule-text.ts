import { loadCases, type Rule } from '../contract/index.ts';

/** What is said of a rule, here and on the documentation site. */
export interface RuleText extends Rule {
  code: string;
  /** The first release of Logto that it holds for, and those that changed it. */
  since: string;
  /** The cases that show it, each with its file. */
  cases: { file: string; name: string }[];
}

/** The suite describes releases from 1.28 on; only some cases begin or end later. */
const sinceOf = (cases: ReturnType<typeof loadCases>): string => {
  const releases = cases.flatMap(({ since, before }) => since ?? before ?? []);
  const later = [...new Set(releases)].sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1]));
  return later.length === 0
    ? '1.28, the oldest recorded'
    : `1.28, the oldest recorded; it changed with ${later.join(', ')}`;
};

export const ruleText = (code: string, rule: Rule): RuleText => {
  const cases = loadCases().filter((shown) => shown.rule === code);
  return {
    ...rule,
    code,
    since: sinceOf(cases),
    cases: cases.map(({ group, name }) => ({ file: `${group}.json`, name })),
  };
};
