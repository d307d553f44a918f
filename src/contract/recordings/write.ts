import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../json.ts';
import { documentFileOf, fileOf, kinds, type Recorded } from './files.ts';
import { formatLine, parseLines, type RecordedLine } from './line.ts';

export interface Recording {
  release: string;
  recorded: readonly Recorded[];
  /** What the tenant tells of itself, as `cutDocument` leaves it. */
  document: Json;
}

const textOf = async (file: URL): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
};

/** Whether both say the same of a release. */
const isSame = (a: RecordedLine, b: RecordedLine): boolean =>
  a.name === b.name && isDeepStrictEqual(a.request, b.request) && isDeepStrictEqual(a.response, b.response);

/** The text with the lines after it. A line that names its releases and says the same gets one release more. */
const withLines = (text: string, lines: readonly RecordedLine[]): string => {
  const written = text.split('\n').filter((line) => line !== '');
  const parsed = parseLines(text);
  for (const line of lines) {
    const { releases } = line;
    const index =
      releases === undefined ? -1 : parsed.findIndex((other) => other.releases && isSame(other, line));
    const found = parsed[index];
    const merged =
      found === undefined ? line : { ...found, releases: [...(found.releases ?? []), ...(releases ?? [])] };
    const place = found === undefined ? written.length : index;
    written[place] = formatLine(merged).trimEnd();
    parsed[place] = merged;
  }
  return written.map((line) => `${line}\n`).join('');
};

/**
 * Writes a recording's files, each whole or not at all; the one that makes the release a recorded one comes last. Files
 * that hold several releases get its lines added.
 */
export const writeRecording = async (
  folder: URL,
  { release, recorded, document }: Recording,
): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const texts: [file: string, text: string][] = [
    [documentFileOf(release), `${JSON.stringify(document, null, 1)}\n`],
  ];
  for (const kind of kinds.toReversed()) {
    const lines = recorded.filter((one) => one.kind === kind).map(({ line }) => line);
    const file = fileOf(kind, release);
    texts.push([file, withLines(await textOf(new URL(file, folder)), lines)]);
  }
  const written = texts.map(([file, text]) => ({
    file: new URL(file, folder),
    temporary: new URL(`${file}.${randomUUID()}.tmp`, folder),
    text,
  }));
  try {
    for (const { temporary, text } of written) await writeFile(temporary, text, { flag: 'wx' });
    for (const { temporary, file } of written) await rename(temporary, file);
  } finally {
    for (const { temporary } of written) await rm(temporary, { force: true });
  }
};
