import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isOf, parseLines, type RecordedLine } from './line.ts';

/** The project's own recordings. */
export const recordings: URL = new URL('../../../contracts/recordings/', import.meta.url);

/**
 * A recording's files of exchanges. `exchanges` belongs to one release and comes to be last: with it a release is
 * recorded. The others hold the lines of every release.
 */
export const kinds = ['exchanges', 'conditional', 'token'] as const;
export type Kind = (typeof kinds)[number];

export const fileOf = (kind: Kind, release: string): string =>
  ({
    exchanges: `logto-${release}.jsonl`,
    conditional: 'conditional.jsonl',
    token: 'token-endpoint.jsonl',
  })[kind];

/** The file of what a tenant tells of itself. */
export const documentFileOf = (release: string): string => `logto-${release}.openapi.json`;

const minor = (release: string): number => Number(release.split('.')[1]);

/** The releases whose exchanges are in the folder, the oldest first. */
export const releasesIn = (folder: URL): string[] =>
  readdirSync(folder)
    .flatMap((file) => /^logto-(\d+\.\d+)\.jsonl$/.exec(file)?.[1] ?? [])
    .sort((a, b) => minor(a) - minor(b));

/** The releases that the project has recordings of. A file more is a release more. */
export const recordedReleases: readonly string[] = releasesIn(recordings);

export interface Recorded {
  line: RecordedLine;
  kind: Kind;
}

/** Every recorded exchange of a release, long texts written out. */
export const readRecorded = (release: string, folder: URL = recordings): Recorded[] =>
  kinds.flatMap((kind) =>
    parseLines(readFileSync(new URL(fileOf(kind, release), folder), 'utf8'))
      .filter((line) => isOf(line, release))
      .map((line) => ({ line, kind })),
  );

/** The text of what a tenant of that release told of itself. */
export const readDocument = (release: string, folder: URL = recordings): string =>
  readFileSync(new URL(documentFileOf(release), folder), 'utf8');

/** Which of the folder's files hold something of that release. */
export const filesWith = (release: string, folder: URL): string[] => {
  const exists = (file: string): boolean => existsSync(new URL(file, folder));
  const shared = kinds.filter((kind) => kind !== 'exchanges').map((kind) => fileOf(kind, release));
  const text = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
  return [
    ...[fileOf('exchanges', release), documentFileOf(release)].filter(exists),
    ...shared.filter((file) => exists(file) && parseLines(text(file)).some((line) => isOf(line, release))),
  ];
};

/** Whether the folder has a whole recording of that release. */
export const isRecorded = (release: string, folder: URL): boolean =>
  existsSync(new URL(fileOf('exchanges', release), folder));

/** What a person asked to be recorded. */
export interface RecordPlan {
  /** The folder for the files, absolute. */
  folder: string;
  /** The tenant's release, for example `1.42`. */
  release: string;
}

/** The folder, as the names of its files are resolved against it. */
export const folderOf = ({ folder }: RecordPlan): URL => pathToFileURL(`${folder}/`);
