import { version } from '../../generated/version.js';
import {
  cut,
  type Report,
  type ReportCase,
  type ReportResult,
  type ReportTarget,
  type ReportVerdict,
  reportVersion,
} from '../report/index.ts';
import type { Case } from './case.ts';
import { loadCases } from './cases.ts';
import { documentVersion } from './document.ts';
import type { TargetName } from './plan.ts';
import { ruleOf } from './rules.ts';
import type { Outcome } from './table.ts';

/** What a run knows of itself. */
export interface RunFacts {
  startedAt: Date;
  milliseconds: number;
  result: ReportVerdict;
  reason?: string | undefined;
  shard?: string | undefined;
  /** What was to be tried. */
  targets: readonly TargetName[];
  /** The endpoint of the live tenant. */
  endpoint?: string | undefined;
}

/** Characters of what a failed case said. */
const longestError = 20_000;

const resultOf = ({ status: _, left: __, release: ___, ...result }: Outcome): ReportResult => ({
  ...result,
  ...(result.error !== undefined && { error: cut(result.error, longestError) }),
});

const caseOf = (name: string, contract: Case | undefined): ReportCase =>
  contract === undefined
    ? { name }
    : {
        name,
        group: contract.group,
        rule: contract.rule,
        ...(contract.since !== undefined && { since: contract.since }),
        ...(contract.before !== undefined && { before: contract.before }),
        evidence: contract.evidence,
      };

/** The host with a port; neither user nor path, which could hold what is nobody's business. */
const hostOf = (endpoint: string | undefined): string | undefined =>
  endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).host : undefined;

const targetsOf = (outcomes: readonly Outcome[], { targets, endpoint }: RunFacts): ReportTarget[] => {
  const met = [...new Set(outcomes.map(({ target }) => target))];
  // A tenant that could not be reached is in the report, too.
  const names = [...met, ...targets.filter((name) => !met.some((found) => found.split(' ')[0] === name))];
  return names.map((name) => {
    const release = outcomes.find((outcome) => outcome.target === name && outcome.release)?.release;
    const host = name === 'tenant' ? hostOf(endpoint) : undefined;
    return { name, ...(host !== undefined && { host }), ...(release !== undefined && { release }) };
  });
};

/** A run as the report says it, with what is known of one that did not end. */
export const makeReport = (outcomes: readonly Outcome[], facts: RunFacts): Report => {
  const byName = new Map(loadCases().map((contract) => [contract.name, contract]));
  const cases = [...new Set(outcomes.map((outcome) => outcome.case))].map((name) =>
    caseOf(name, byName.get(name)),
  );
  const codes = [...new Set(cases.flatMap(({ rule }) => rule ?? []))];
  const { reason, shard } = facts;
  return {
    version: reportVersion,
    package: version,
    document: documentVersion,
    startedAt: facts.startedAt.toISOString(),
    milliseconds: Math.round(facts.milliseconds),
    result: facts.result,
    ...(reason !== undefined && { reason }),
    ...(shard !== undefined && { shard }),
    targets: targetsOf(outcomes, facts),
    rules: Object.fromEntries(
      codes.flatMap((code) => {
        const rule = ruleOf(code);
        return rule === undefined ? [] : [[code, rule]];
      }),
    ),
    cases,
    results: outcomes.map(resultOf),
  };
};
