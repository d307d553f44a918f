import rules from './rules.json' with { type: 'json' };

export type Severity = 'error' | 'warning' | 'notice';
export type ClaimsCode = keyof typeof rules;

/** What `check` finds: `does` says what tenants do (contracts/recordings/scripts-*.jsonl), and what to write. */
export const claimsRules = rules as Record<ClaimsCode, { severity: Severity; title: string; does: string }>;

/** Claims of a script that tenants ignore. */
export const ignoredClaims: readonly string[] = [
  'sub',
  'iss',
  'aud',
  'exp',
  'iat',
  'jti',
  'scope',
  'client_id',
];

/** Claims by which a script overrules the tenant. */
export const overrulingClaims: readonly string[] = ['organization_id', 'act', 'nbf', 'sid', 'kind'];
