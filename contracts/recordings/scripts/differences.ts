import { isDeepStrictEqual } from 'node:util';
import type { IssueOutcome, TestOutcome } from '../../../src/runner/index.ts';
import { answerOutcome } from '../../../src/tenant/script-outcome.ts';
import type { RecordedScript } from './recorded.ts';

/** The claims that keep the tenant's own values, whatever the script says. */
export const kept = ['sub', 'iss', 'aud', 'exp', 'iat', 'jti', 'scope', 'client_id'];

/** Long texts and large objects were recorded as a description. */
export const described = (value: unknown): unknown => {
  if (typeof value === 'string' && value.length > 10_000)
    return `${value.slice(0, 40)}… (${value.length} characters)`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (entries.length > 1000) return `an object of ${entries.length} claims`;
  return Object.fromEntries(entries.map(([key, item]) => [key, described(item)]));
};

export const comparison = (found: unknown, recorded: unknown): string[] =>
  isDeepStrictEqual(found, recorded)
    ? []
    : [`${JSON.stringify(found)?.slice(0, 500)} instead of ${JSON.stringify(recorded)?.slice(0, 500)}`];

/** In what `/test` answers otherwise than the real tenant. */
export const testDifferences = ({ release, test }: RecordedScript, outcome: TestOutcome): string[] => {
  const { status, body } = answerOutcome(outcome, release);
  return [...comparison(status, test.status), ...comparison(described(JSON.parse(body)), test.body)];
};

/** In what the token request is answered, or the token carries, otherwise than with the real tenant. */
export const issueDifferences = ({ issued }: RecordedScript, outcome: IssueOutcome): string[] => {
  const { status } = outcome;
  if (status !== issued.status) return comparison(outcome, issued);
  if (status === 400) return comparison(outcome.message, issued.body?.error_description ?? '');
  if (status !== 200) return [];
  const claims = Object.entries(outcome.claims).filter(([name]) => !kept.includes(name));
  return comparison(described(Object.fromEntries(claims)), issued.claims);
};
