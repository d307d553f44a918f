/** The format of the recordings, and functions that read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Case, Customizers } from '../case.ts';
import { type Json, mapTexts } from '../json.ts';

/** One recorded exchange, as `contracts/recordings/README.md` describes it. */
export interface RecordedLine {
  release?: string;
  releases?: string[];
  /** Unique within its release. */
  name: string;
  tokenType?: string;
  given?: Customizers;
  request: {
    method: string;
    path: string;
    auth?: string;
    headers?: Record<string, string>;
    body?: Json;
    raw?: string;
    form?: Record<string, string>;
  };
  response: { status: number; headers: Record<string, string>; body?: Json };
  /** The response to a GET afterwards. */
  thenGet?: { status: number; body: Json };
  /** The customizers stored afterwards. */
  thenStored?: { [tokenType: string]: Json };
}

/** The name under which a case's exchange is recorded: that of its evidence, or its own. */
export const recordedName = ({ evidence, name }: Pick<Case, 'evidence' | 'name'>): string =>
  'recording' in evidence ? evidence.recording : name;

/** Whether the line was recorded from a tenant of that release. */
export const isOf = (line: RecordedLine, release: string): boolean =>
  line.release === release || line.releases?.includes(release) === true;

/** Expands a string of one repeated character, or a body of such a script, from its first 40 characters and length. */
const writtenOut = (text: string): string => {
  const [, start = '', length] = /^(.{40})… \((\d+) characters\)$/su.exec(text) ?? [];
  if (length === undefined) return text;
  const end = start.startsWith('{') ? '"}' : '';
  return start.padEnd(Number(length) - end.length, start.at(-1)) + end;
};

/** Shortens a very long string to its first 40 characters and length, if it can be expanded again. */
const shortened = (text: string): string => {
  if (text.length < 10_000) return text;
  const short = `${text.slice(0, 40)}… (${text.length} characters)`;
  return writtenOut(short) === text ? short : text;
};

/** The lines of a file, with long strings expanded. */
export const parseLines = (text: string): RecordedLine[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => mapTexts(JSON.parse(line) as RecordedLine, writtenOut));

/** The line as written to a file, with long strings shortened. */
export const formatLine = (line: RecordedLine): string => JSON.stringify(mapTexts(line, shortened));

/** The project's own recordings. */
export const recordings: URL = new URL('../../../contracts/recordings/', import.meta.url);

/** The options of a recording. */
export interface RecordPlan {
  /** The folder for the files, absolute. */
  folder: string;
  /** The tenant's release, for example `1.42`. */
  release: string;
}

/** The folder as a base URL for its files. */
export const folderOf = ({ folder }: RecordPlan): URL => pathToFileURL(`${folder}/`);

/**
 * A recording's files of exchanges. `exchanges` has one release and is written last: it marks the release as recorded.
 * The others contain lines of every release.
 */
export const kinds = ['exchanges', 'conditional', 'token'] as const;
export type Kind = (typeof kinds)[number];

export const fileOf = (kind: Kind, release: string): string =>
  ({
    exchanges: `logto-${release}.jsonl`,
    conditional: 'conditional.jsonl',
    token: 'token-endpoint.jsonl',
  })[kind];

/** The file with the tenant's own document. */
export const documentFileOf = (release: string): string => `logto-${release}.openapi.json`;

/** The releases whose exchanges are in the folder, oldest first. */
export const releasesIn = (folder: URL): string[] =>
  readdirSync(folder)
    .flatMap((file) => /^logto-(\d+\.\d+)\.jsonl$/.exec(file)?.[1] ?? [])
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/** The releases that the project has recordings of: adding a file adds a release. */
export const recordedReleases: readonly string[] = releasesIn(recordings);

export interface Recorded {
  line: RecordedLine;
  kind: Kind;
}

/** Every recorded exchange of a release, with long strings expanded. */
export const readRecorded = (release: string, folder: URL = recordings): Recorded[] =>
  kinds.flatMap((kind) =>
    parseLines(readFileSync(new URL(fileOf(kind, release), folder), 'utf8'))
      .filter((line) => isOf(line, release))
      .map((line) => ({ line, kind })),
  );

/** The text of the document of a tenant of that release. */
export const readDocument = (release: string, folder: URL = recordings): string =>
  readFileSync(new URL(documentFileOf(release), folder), 'utf8');
