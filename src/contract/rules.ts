import { readFileSync } from 'node:fs';

/** What every tenant does, with a code that stays. Each case is about one. */
export interface Rule {
  title: string;
  /** What tenants do. */
  does: string;
  /** Names of recordings, or sentences of `contracts/recordings/README.md` after `README: `. */
  evidence: string[];
}

/** Every rule by its code. */
export const rules = JSON.parse(
  readFileSync(new URL('../../contracts/rules.json', import.meta.url), 'utf8'),
) as Record<string, Rule>;

export const ruleOf = (code: string): Rule | undefined =>
  Object.hasOwn(rules, code) ? rules[code] : undefined;
