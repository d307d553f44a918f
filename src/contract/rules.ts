import { readFileSync } from 'node:fs';
import type { Rule } from '../report/index.ts';

/** Every rule by its code. */
export const rules = JSON.parse(
  readFileSync(new URL('../../contracts/rules.json', import.meta.url), 'utf8'),
) as Record<string, Rule>;

export const ruleOf = (code: string): Rule | undefined =>
  Object.hasOwn(rules, code) ? rules[code] : undefined;
