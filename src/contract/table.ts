import type { ReportResult } from '../report/index.ts';
import type { Left } from '../session/index.ts';

/** What became of one case on one target. */
export interface Outcome extends ReportResult {
  /** The HTTP status that was answered, if there was a response. */
  status?: number;
  /** What it left on a live tenant. */
  left?: Left;
  /** The target's release, for people. */
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

/** Every case by target, with notes below: why something is not applicable, and the like. */
export const formatTable = (outcomes: readonly Outcome[]): string => {
  const targets = [...new Set(outcomes.map(({ target }) => target))];
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
    ...targets.map(
      (target) => `${target}: ${summary(outcomes.filter((outcome) => outcome.target === target))}`,
    ),
  ];
  return lines.join('\n');
};

/** Begins the reason of a case that could not be decided. */
export const undecided = 'could not be decided:';

/** Begins the reason of a case that ended in a mistake of the suite's own. */
export const internal = `${undecided} internal error,`;

/** Statuses that say nothing of a rule when a whole target answers nothing else. */
const silent = new Set([401, 403, 429]);

/** Why a run proves nothing; nothing when it proves something. */
export const provesNothing = (outcomes: readonly Outcome[]): string | undefined => {
  const tried = outcomes.filter(({ state }) => state !== 'not applicable');
  if (tried.length === 0) return 'No case ran.';
  for (const target of new Set(tried.map((outcome) => outcome.target))) {
    const statuses = tried.filter((outcome) => outcome.target === target).map(({ status }) => status);
    if (statuses.every((status) => status === undefined || silent.has(status)))
      return `${target} answered every case with 401, 403 or 429, or not at all: that shows nothing but the authorization.`;
  }
  return undefined;
};
