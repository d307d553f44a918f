import { printable } from '../client/printable.ts';
import type { DriftReport, Finding } from '../drift/index.ts';

const titleOf = ({ base, revision }: DriftReport): string =>
  `${revision} compared with ${base.join(' and ')}${base.length > 1 ? ': differences from both' : ''}`;

const summaryOf = ({ counts: { breaking, compatible }, findings }: DriftReport): string =>
  findings.length === 0
    ? 'No drift.'
    : `${breaking} breaking ${breaking === 1 ? 'change' : 'changes'}, ${compatible} compatible.`;

const subjectOf = ({ direction, field }: Finding): string => `${direction} ${field}`.trim();

/** The first place; `--json` lists all. */
const placeOf = ({ places: [place, ...more] }: Finding, { revision }: DriftReport): string =>
  place === undefined
    ? ''
    : [
        ...[place.operation, place.status, place.pointer],
        ...(place.document === revision ? [] : [`of ${place.document}`]),
        ...(more.length > 0 ? [`and ${more.length} more`] : []),
      ]
        .filter(Boolean)
        .join(' ');

const textOf = (report: DriftReport): string => {
  const sections = (['BREAKING', 'COMPATIBLE'] as const).flatMap((title) => {
    const findings = report.findings.filter(({ breaking }) => breaking === (title === 'BREAKING'));
    const lines = findings.flatMap((one) => [
      '',
      `  ${subjectOf(one)}`,
      `    ${one.message}`,
      `    ${placeOf(one, report)}`,
    ]);
    return lines.length === 0 ? [] : ['', title, ...lines];
  });
  return [titleOf(report), summaryOf(report), ...sections].join('\n');
};

/** A comment on GitHub holds 65,536 characters. */
const mostRows = 60;

/** Code in a table: what is a bar, a tick or markup stays what it is. */
const code = (text: string): string =>
  `<code>${text.replaceAll(/[&<>|`*_[\]~\\@]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll(/\s+/g, ' ')}</code>`;

const markdownOf = (report: DriftReport): string => {
  const rows = report.findings.map(
    (one) =>
      `| ${one.breaking ? '**breaking**' : 'compatible'} | ${code(subjectOf(one))} | ${code(one.message)} | ${code(placeOf(one, report))} |`,
  );
  return [
    `### JWT customizers: ${summaryOf(report)}`,
    '',
    code(titleOf(report)),
    ...(rows.length > 0
      ? ['', '| | what | change | where |', '|---|---|---|---|', ...rows.slice(0, mostRows)]
      : []),
    ...(rows.length > mostRows ? ['', `and ${rows.length - mostRows} more, which \`--json\` lists.`] : []),
  ].join('\n');
};

/** One workflow command for each finding: GitHub shows them beside the run. */
const annotationsOf = (report: DriftReport): string =>
  report.findings
    .map((one) => {
      const text = printable([subjectOf(one), one.message, placeOf(one, report)].join('\n'));
      const data = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
      return `::${one.breaking ? 'error' : 'notice'} title=JWT customizer drift::${data}`;
    })
    .concat(printable(summaryOf(report)))
    .join('\n');

/** What `drift` prints, by its options. What documents say is escaped. */
export const outputs: Record<'text' | 'json' | 'markdown' | 'github', (report: DriftReport) => string> = {
  text: (report) => printable(textOf(report)),
  json: (report) => printable(JSON.stringify(report, null, 2)),
  markdown: (report) => printable(markdownOf(report)),
  github: annotationsOf,
};
