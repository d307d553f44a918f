import { readJson } from './read-json.ts';
import type rules from './rules.json';

export type Severity = 'error' | 'warning' | 'notice';
export type ClaimsCode = keyof typeof rules;

/** What `check` finds: `does` says what tenants do (contracts/recordings/scripts-*.jsonl), and what to write. */
export const claimsRules =
  readJson<Record<ClaimsCode, { severity: Severity; title: string; does: string }>>('./rules.json');
