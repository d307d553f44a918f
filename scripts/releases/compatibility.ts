/** Generates `generated/compatibility.json`, and compares the document's marks with the releases. */

import { isDeepStrictEqual } from 'node:util';
import { guardOf, type Subject, subjects } from '../../contracts/guards/subjects.ts';
import { newest } from '../../src/mock/document.ts';
import type { BodyGuards } from '../../src/tenant/index.ts';
import { installedReleases } from './install.ts';
import {
  documentGuardsOf,
  type Entry,
  entriesOf,
  isBorneOut,
  isRecorded,
  recordedRelease,
  toVerdicts,
  type Verdict,
  type Verdicts,
  verdictOf,
} from './subjects.ts';

/** The content of `generated/compatibility.json`. docs/compatibility.md explains each part. */
export interface Compatibility {
  format: 1;
  /** The tested releases, oldest first, with their evidence. */
  releases: { release: string; evidence: string }[];
  bodies: {
    tokenType: Subject['tokenType'];
    body: Subject['body'];
    fields: Record<string, Verdicts>;
    /** All values of the fields that gained values after their first release. */
    values: Record<string, Record<string, Verdicts>>;
    /** The fields that are arrays: in them, `*` is an index. */
    arrays: string[];
  }[];
}

const minorOf = (release: string): number => Number(release.split('.')[1]);

/** Every release from the oldest recorded to the newest that the document describes. */
const everyRelease = Array.from(
  { length: minorOf(newest) - minorOf(recordedRelease) + 1 },
  (_, index) => `1.${minorOf(recordedRelease) + index}`,
);
const guardsByRelease = new Map(everyRelease.map((release) => [release, documentGuardsOf(release)]));

/** The document's verdicts, for every release. */
const documented = subjects.map((subject) => ({
  subject,
  entries: entriesOf(subject).map((entry) => ({
    entry,
    said: [...guardsByRelease].map(
      ([release, guards]) => [release, verdictOf(guardOf(guards, subject), entry)] as const,
    ),
  })),
}));

const nameOf = ({ tokenType, body }: Subject, { pointer, value }: Entry): string =>
  `${tokenType} ${body} ${pointer}${value === undefined ? '' : ` ${JSON.stringify(value)}`}`;

/**
 * @param measured - the releases' own guards, by release
 * @param recorded - whether the oldest release has a field, by its recordings
 * @returns what to write, and where a release differs from the document
 */
export const makeCompatibility = (
  measured: ReadonlyMap<string, BodyGuards>,
  recorded = isRecorded,
): { compatibility: Compatibility; wrong: string[] } => {
  const wrong: string[] = [];
  const verdictsOf = (
    subject: Subject,
    entry: Entry,
    said: readonly (readonly [release: string, verdict: Verdict])[],
  ): Verdicts => {
    for (const [release, verdict] of said) {
      const guards = measured.get(release);
      const found = guards && verdictOf(guardOf(guards, subject), entry);
      if (found !== undefined && found !== verdict)
        wrong.push(
          `${release}: ${nameOf(subject, entry)} is ${found}, but ${verdict} according to the document`,
        );
      if (release === recordedRelease && !isBorneOut(verdict, recorded(subject, entry)))
        wrong.push(
          `${release}: ${nameOf(subject, entry)} is ${verdict} according to the document, which the tenant's own document contradicts`,
        );
    }
    return toVerdicts(said);
  };
  const bodies = documented.map(({ subject, entries }) => {
    const fields: Record<string, Verdicts> = {};
    const values: Record<string, Record<string, Verdicts>> = {};
    for (const { entry, said } of entries) {
      const { pointer, value } = entry;
      const verdicts = verdictsOf(subject, entry, said);
      if (value === undefined) fields[pointer] = verdicts;
      else values[pointer] = { ...values[pointer], [value]: verdicts };
    }
    const hasLater = ([pointer, some]: [string, Record<string, Verdicts>]): boolean =>
      Object.values(some).some((verdicts) => !isDeepStrictEqual(verdicts, fields[pointer]));
    return {
      tokenType: subject.tokenType,
      body: subject.body,
      fields,
      values: Object.fromEntries(Object.entries(values).filter(hasLater)),
      arrays: [...new Set(entries.filter(({ entry }) => entry.isList).map(({ entry }) => entry.pointer))],
    };
  });
  const releases = [
    { release: recordedRelease, evidence: 'recordings of a tenant' },
    ...installedReleases.map(({ version }) => ({ release: version, evidence: `@logto/schemas ${version}` })),
  ];
  return { compatibility: { format: 1, releases, bodies }, wrong };
};

/** As JSON text, with one line per field. */
export const toText = (compatibility: Compatibility): string => {
  const lines = (object: object): string =>
    `{\n${Object.entries(object)
      .map(([key, value]) => `        ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n')}\n      }`;
  const bodies = compatibility.bodies.map(
    ({ tokenType, body, fields, values, arrays }) => `    {
      "tokenType": ${JSON.stringify(tokenType)},
      "body": ${JSON.stringify(body)},
      "fields": ${lines(fields)},
      "values": ${Object.keys(values).length === 0 ? '{}' : lines(values)},
      "arrays": ${JSON.stringify(arrays)}
    }`,
  );
  return `{
  "format": ${compatibility.format},
  "releases": [
${compatibility.releases.map((release) => `    ${JSON.stringify(release)}`).join(',\n')}
  ],
  "bodies": [
${bodies.join(',\n')}
  ]
}
`;
};
