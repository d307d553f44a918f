import type { Report, ReportResult } from './types.ts';

type Given = Partial<Report> & {
  /** Results by target, by case: `passed`, `failed`, or why it is not applicable. */
  told?: Record<string, Record<string, string>>;
};

const resultOf = (target: string, name: string, state: string): ReportResult =>
  state === 'passed'
    ? { case: name, target, state }
    : state === 'failed'
      ? { case: name, target, state, error: `${name} is broken` }
      : { case: name, target, state: 'not applicable', reason: state };

/** A report with what a test is about, and all else as it must be. */
export const makeTestReport = ({ told = {}, ...given }: Given = {}): Report => {
  const results = Object.entries(told).flatMap(([target, cases]) =>
    Object.entries(cases).map(([name, state]) => resultOf(target, name, state)),
  );
  return {
    version: 1,
    package: '0.1.0',
    document: '0.1.0',
    startedAt: '2026-11-25T12:00:00.000Z',
    milliseconds: 1000,
    result: results.some(({ state }) => state === 'failed') ? 'failed' : 'passed',
    targets: Object.keys(told).map((name) => ({ name, ...(name === 'tenant' && { host: 'a.example.com' }) })),
    rules: { 'a-rule': { title: 'A rule', does: 'What `tenants` do.', evidence: ['a recording'] } },
    cases: [...new Set(results.map((result) => result.case))].map((name) => ({ name, rule: 'a-rule' })),
    results,
    ...given,
  };
};
