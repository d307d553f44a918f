import type { Finding } from './finding.ts';
import type { DriftReport, KnownWrong } from './report.ts';
import {
  count,
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

const pointerLine = ({ places }: Finding): string[] => {
  const [first] = places;
  if (first === undefined) return [];
  const more = places.length > 1 ? ` and ${count(places.length - 1, 'more place')}` : '';
  return [`        ${first.in} document: ${first.pointer}${more}`];
};

/** Findings of the same operations under one heading, in the order of the first of each. */
const grouped = (findings: readonly Finding[]): string[] => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const heading = `${finding.direction === 'request' ? 'request ' : 'response'}  ${placesText(finding.places)}`;
    groups.set(heading, [...(groups.get(heading) ?? []), finding]);
  }
  return [...groups].flatMap(([heading, group]) => {
    const width = Math.max(...group.map((finding) => whatText(finding).length));
    return [
      '',
      `  ${heading}`,
      ...group.flatMap((finding) => [
        `    ${[whatText(finding).padEnd(width), fieldText(finding), detailText(finding)].filter(Boolean).join('  ')}`.trimEnd(),
        `        ${finding.reason}`,
        ...pointerLine(finding),
      ]),
    ];
  });
};

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

const knownLines = (known: readonly KnownWrong[]): string[] =>
  known.flatMap((wrong) => [
    '',
    `  ${wrong.id}: ${stateText(wrong)}`,
    `        said: ${wrong.says}`,
    `        done: ${wrong.does} (${evidenceText(wrong)})`,
    ...(wrong.findings.length === 0
      ? []
      : [`        shows as ${count(wrong.findings.length, 'difference')}`]),
  ]);

/** For a terminal or a log: without colours, what breaks first. */
export const textOf = (report: DriftReport): string => {
  const { breaking, compatible, present, mended } = sectionsOf(report);
  return [
    titleText(report),
    summaryText(report),
    ...section('MAY BREAK A CLIENT', grouped(breaking)),
    ...section('COMPATIBLE', grouped(compatible)),
    ...section("KNOWN WRONGS of the vendor's document: tenants do otherwise", knownLines(present)),
    ...section('NO LONGER WRONG in this document', knownLines(mended)),
  ].join('\n');
};
