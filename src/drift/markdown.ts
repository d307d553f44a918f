import type { Finding } from './finding.ts';
import type { DriftReport, KnownWrong } from './report.ts';
import {
  detailText,
  evidenceText,
  fieldText,
  placesText,
  sectionsOf,
  stateText,
  summaryText,
  titleText,
  whatText,
} from './words.ts';

/** A comment on GitHub holds 65,536 characters. */
const mostRows = 60;

/** A sentence of ours, which may hold code. */
const sentence = (text: string): string => text.replaceAll('|', '\\|');

/** Code in a table: what is a bar, a tick or markup stays what it is. */
const code = (text: string): string =>
  text === ''
    ? ''
    : `<code>${text.replaceAll(/[&<>|`*_[\]~\\@]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll(/\s+/g, ' ')}</code>`;

const row = (finding: Finding): string => {
  const what = [whatText(finding), code(fieldText(finding)), code(detailText(finding))].filter(Boolean);
  const where = `${finding.direction} of ${code(placesText(finding.places))}`;
  const [place] = finding.places;
  const pointer = place === undefined ? '' : `<br>${code(place.pointer)} (${place.in})`;
  return `| ${what.join(' ')} | ${where}${pointer} | ${sentence(finding.reason)} |`;
};

const table = (findings: readonly Finding[]): string[] => {
  const left = findings.length - mostRows;
  return [
    '| what | where | why |',
    '|---|---|---|',
    ...findings.slice(0, mostRows).map(row),
    ...(left > 0 ? ['', `and ${left} more, which \`--json\` lists.`] : []),
  ];
};

const details = (summary: string, lines: readonly string[]): string[] => [
  '',
  `<details><summary>${summary}</summary>`,
  '',
  ...lines,
  '',
  '</details>',
];

const knownTable = (known: readonly KnownWrong[]): string[] => [
  '| | said | done | |',
  '|---|---|---|---|',
  ...known.map(
    (wrong) =>
      `| ${wrong.id} | ${sentence(wrong.says)} | ${sentence(wrong.does)} (${sentence(evidenceText(wrong))}) | ${stateText(wrong)} |`,
  ),
];

/** For a comment on a pull request: what breaks first, the rest folded. */
export const markdownOf = (report: DriftReport): string => {
  const { breaking, compatible, present, mended } = sectionsOf(report);
  return [
    `### JWT customizers: ${report.breaks ? 'drift that may break a client' : report.drift ? 'compatible drift' : 'no drift'}`,
    '',
    code(titleText(report)),
    '',
    `**${summaryText(report)}**`,
    ...(breaking.length > 0 ? ['', ...table(breaking)] : []),
    ...(compatible.length > 0 ? details(`${compatible.length} compatible`, table(compatible)) : []),
    ...(present.length > 0
      ? details(
          `${present.length} known wrongs of the vendor's document: tenants do otherwise`,
          knownTable(present),
        )
      : []),
    ...(mended.length > 0 ? details(`${mended.length} no longer wrong`, knownTable(mended)) : []),
  ].join('\n');
};
