import { brief } from '../contract/json.ts';
import type { Finding, Place } from './finding.ts';
import type { DriftReport, KnownWrong } from './report.ts';

/** `1 change`, `2 changes`. */
export const count = (number: number, one: string, several = `${one}s`): string =>
  `${number} ${number === 1 ? one : several}`;

/** The operations of a finding, those of a path together: `PUT 200 201, GET 200 /api/…`. */
export const placesText = (places: readonly Place[]): string => {
  const paths = new Map<string, Map<string, string[]>>();
  for (const { operation, status } of places) {
    const [method = '', path = ''] = operation.split(' ');
    const methods = paths.get(path) ?? new Map<string, string[]>();
    const statuses = methods.get(method) ?? [];
    methods.set(method, status === undefined || statuses.includes(status) ? statuses : [...statuses, status]);
    paths.set(path, methods);
  }
  return [...paths]
    .map(([path, methods]) => {
      const listed = [...methods].map(([method, statuses]) => [method, ...statuses].join(' '));
      return `${listed.join(', ')} ${path}`;
    })
    .join('; ');
};

const changeText = ({ kind, before, after }: Finding): string => {
  if (before === undefined && after === undefined) return '';
  if (kind === 'added') return before === undefined ? brief(after) : `${brief(before)} → ${brief(after)}`;
  if (kind === 'removed') return after === undefined ? brief(before) : `${brief(before)} → ${brief(after)}`;
  return `${brief(before)} → ${brief(after)}`;
};

/** `removed field`, `now required`, `changed constraint maxLength`. */
export const whatText = ({ code, kind, subject, direction, keyword }: Finding): string => {
  if (code.endsWith('-made-required')) return 'now required';
  if (code.endsWith('-made-optional')) return 'no longer required';
  const required =
    code.endsWith('-added-required') || (code === 'body-added' && direction === 'request')
      ? 'required'
      : undefined;
  return [kind, required, subject, keyword].filter((part) => part !== undefined).join(' ');
};

/** The body itself has no name. */
export const fieldText = ({ field, subject }: Finding): string =>
  field !== '' ? field : ['operation', 'security', 'status'].includes(subject) ? '' : '(the body)';

/** From what to what, and since when what is gone was there. */
export const detailText = (finding: Finding): string =>
  [changeText(finding), finding.since === undefined ? '' : `(since Logto ${finding.since})`]
    .filter((part) => part !== '')
    .join(' ');

/** What a report holds, in the order in which people read it. */
export const sectionsOf = ({ findings, knownWrongs }: Pick<DriftReport, 'findings' | 'knownWrongs'>) => ({
  breaking: findings.filter(({ breaks }) => breaks),
  compatible: findings.filter(({ breaks }) => !breaks),
  present: knownWrongs.filter(({ state }) => state !== 'mended'),
  mended: knownWrongs.filter(({ state }) => state === 'mended'),
});

const named = ({ name, release }: DriftReport['new']): string =>
  release === undefined ? name : `${name} (Logto ${release})`;

export const titleText = (report: DriftReport): string =>
  `${named(report.new)}, compared with ${named(report.old)}`;

export const summaryText = ({ drift, counts }: DriftReport): string => {
  const wrongs = count(counts.knownWrongs, 'known wrong');
  const aside = [
    ...(counts.knownWrongs === 0 ? [] : [`${wrongs} of the vendor's document`]),
    ...(counts.later === 0
      ? []
      : [count(counts.later, 'field or value', 'fields and values').concat(' of later releases')]),
  ];
  const apart = aside.length === 0 ? '' : ` ${aside.join(' and ')} aside.`;
  if (!drift) return `No drift.${apart}`;
  const breaking = counts.breaking === 0 ? 'No change' : count(counts.breaking, 'change');
  const found = `${breaking} that may break a client, ${counts.compatible} compatible.`;
  return `${found}${apart}`;
};

/** Where the known wrong stands, and what mends it. */
export const stateText = ({ state, mendedIn }: KnownWrong): string => {
  const release = mendedIn === undefined ? 'no release is known to mend it' : `mended with Logto ${mendedIn}`;
  if (state === 'mended') return mendedIn === undefined ? 'mended in this document' : release;
  return state === 'added' ? `new in this document; ${release}` : release;
};

export const evidenceText = ({ evidence }: KnownWrong): string =>
  evidence === null ? 'official guard' : `recorded: ${evidence}`;
