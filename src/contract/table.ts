import { leftOut, type ReportResult } from '../report/index.ts';
import type { Left } from '../session/index.ts';
import { loadCases, rules } from './cases.ts';

/** The result of one case on one target. */
export interface Outcome extends ReportResult {
  /** The HTTP status, if there was a response. */
  status?: number;
  /** What the case left on a live tenant. */
  left?: Left;
  /** The target's release, for display. */
  release?: string;
}

const marks = { passed: '✓', failed: '✗', 'not applicable': '–' };

const count = (outcomes: readonly Outcome[], state: Outcome['state']): number =>
  outcomes.filter((outcome) => outcome.state === state).length;

/** `N passed, N failed, N not applicable`. */
export const summary = (outcomes: readonly Outcome[]): string =>
  (['passed', 'failed', 'not applicable'] as const)
    .map((state) => `${count(outcomes, state)} ${state}`)
    .join(', ');

/** The prefix of the reason of an inconclusive case. */
export const undecided = 'inconclusive:';

/** The prefix of the reason of a case that ended in a bug of the suite. */
export const internal = `${undecided} internal error,`;

const targetsOf = (outcomes: readonly Outcome[]): string[] => [
  ...new Set(outcomes.map(({ target }) => target)),
];

const countsOf = (outcomes: readonly Outcome[]): string[] =>
  targetsOf(outcomes).map(
    (target) => `${target}: ${summary(outcomes.filter((outcome) => outcome.target === target))}`,
  );

/** The first finding in the message of a `ContractError`; for other errors, the first line. */
const firstFinding = ({ error = '' }: Outcome): string =>
  (/^ {2}findings\n {4}(.*)$/m.exec(error) ?? /^(.*)$/m.exec(error))?.[1] ?? '';

const cellOf = (outcomes: readonly Outcome[]): string => {
  const [passed, failed] = [count(outcomes, 'passed'), count(outcomes, 'failed')];
  if (failed > 0) return `${marks.failed} ${failed}/${passed + failed}`;
  return passed > 0 ? `${marks.passed} ${passed}` : marks['not applicable'];
};

/**
 * A row for each rule and a column for each target, with how many cases passed or failed, followed by the names and
 * first findings of the failures, notes, and the counts.
 */
export const formatRules = (all: readonly Outcome[]): string => {
  const outcomes = all.filter(({ reason }) => reason !== leftOut);
  const ruleOfCase = new Map(loadCases().map(({ name, rule }) => [name, rule]));
  const rowOf = (outcome: Outcome): string => ruleOfCase.get(outcome.case) ?? outcome.case.replace(/:.*/, '');
  const names = new Set(outcomes.map(rowOf));
  const rows = [...Object.keys(rules).filter((code) => names.delete(code)), ...names];
  const targets = targetsOf(outcomes);
  const heads = targets.map((target) => target.replace(/^recordings /, ''));
  const width = Math.max(...rows.map(({ length }) => length), 'rule'.length);
  const row = (first: string, cells: readonly string[]): string =>
    [first.padEnd(width), ...cells.map((text, index) => text.padEnd(Math.max(heads[index]?.length ?? 0, 6)))]
      .join('  ')
      .trimEnd();
  const first = targets.findIndex((target) => target.startsWith('recordings '));
  const above = row(
    '',
    heads.map((_, index) => (index === first ? 'recordings' : '')),
  );
  const failed = outcomes.filter(({ state }) => state === 'failed');
  const notes = new Set(
    outcomes.flatMap((outcome) => {
      const { reason, note } = outcome;
      if (reason?.startsWith(undecided)) return reason;
      return ruleOfCase.has(outcome.case) ? [] : (reason ?? note ?? []);
    }),
  );
  const hidden = count(outcomes, 'not applicable');
  return [
    ...(first === -1 ? [] : [above]),
    row('rule', heads),
    ...rows.map((name) =>
      row(
        name,
        targets.map((target) =>
          cellOf(outcomes.filter((outcome) => outcome.target === target && rowOf(outcome) === name)),
        ),
      ),
    ),
    '',
    ...failed.flatMap((outcome) => [
      `${marks.failed} ${outcome.target}: ${outcome.case}`,
      `    ${firstFinding(outcome).slice(0, 300)}`,
    ]),
    ...(failed.length > 0 ? [''] : []),
    ...[...notes, ...(notes.size > 0 ? [''] : [])],
    ...countsOf(outcomes),
    ...(hidden > 0 ? ['--verbose lists every case, and why one is not applicable.'] : []),
  ].join('\n');
};

/** Every case by target, followed by notes, such as why a case is not applicable. */
export const formatTable = (all: readonly Outcome[]): string => {
  const outcomes = all.filter(({ reason }) => reason !== leftOut);
  const targets = targetsOf(outcomes);
  const cases = [...new Set(outcomes.map((outcome) => outcome.case))];
  const notes = [...new Set(outcomes.flatMap(({ reason, note }) => reason ?? note ?? []))];
  const byCell = new Map(outcomes.map((outcome) => [`${outcome.target}\n${outcome.case}`, outcome]));
  const cell = (target: string, name: string): string => {
    const outcome = byCell.get(`${target}\n${name}`);
    if (outcome === undefined) return '';
    const note = outcome.reason ?? outcome.note;
    return marks[outcome.state] + (note === undefined ? '' : notes.indexOf(note) + 1);
  };
  const width = Math.max(...cases.map((name) => name.length), 4);
  const row = (first: string, cells: readonly string[]): string =>
    [first.padEnd(width), ...cells.map((text, index) => text.padEnd(targets[index]?.length ?? 0))]
      .join('  ')
      .trimEnd();
  const lines = [
    row('case', targets),
    ...cases.map((name) =>
      row(
        name,
        targets.map((target) => cell(target, name)),
      ),
    ),
    '',
    `${marks.passed} passed   ${marks.failed} failed   ${marks['not applicable']} not applicable   Notes:`,
    ...notes.map((note, index) => `  ${index + 1}  ${note}`),
    '',
    ...countsOf(outcomes),
  ];
  return lines.join('\n');
};

/** Statuses that prove nothing about a rule when a target responds with nothing else. */
const silent = new Set([401, 403, 429]);

/** Why a run is inconclusive; `undefined` when it is not. */
export const provesNothing = (outcomes: readonly Outcome[]): string | undefined => {
  const tried = outcomes.filter(({ state }) => state !== 'not applicable');
  if (tried.length === 0) return 'No case ran.';
  for (const target of new Set(tried.map((outcome) => outcome.target))) {
    const statuses = tried.filter((outcome) => outcome.target === target).map(({ status }) => status);
    if (statuses.every((status) => status === undefined || silent.has(status)))
      return `${target} responded to every case with 401, 403 or 429, or not at all: that tests only the authorization.`;
  }
  return undefined;
};
