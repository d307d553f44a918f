import type { Case, Customizers } from '../case.ts';
import { isObject, type Json } from '../json.ts';

/** One recorded exchange, as `contracts/recordings/README.md` describes it. */
export interface RecordedLine {
  release?: string;
  releases?: string[];
  /** Unique in its release. */
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
  /** What a GET answered afterwards. */
  thenGet?: { status: number; body: Json };
  /** What was stored afterwards. */
  thenStored?: { [tokenType: string]: Json };
}

/** The name under which a case's exchange is recorded: that of its evidence, else its own. */
export const recordedName = ({ evidence, name }: Pick<Case, 'evidence' | 'name'>): string =>
  'recording' in evidence ? evidence.recording : name;

/** Whether the line was recorded from a tenant of that release. */
export const isOf = (line: RecordedLine, release: string): boolean =>
  line.release === release || line.releases?.includes(release) === true;

/** Characters of a long text that a recording keeps. */
const kept = 40;

/** Characters from which on a text is shortened. */
const long = 10_000;

/** A text of one repeated character, or a body of such a script, from its first characters and its length. */
const writtenOut = (text: string): string => {
  const [, start = '', length] = /^(.{40})… \((\d+) characters\)$/su.exec(text) ?? [];
  if (length === undefined) return text;
  const end = start.startsWith('{') ? '"}' : '';
  return start.padEnd(Number(length) - end.length, start.at(-1)) + end;
};

const shortened = (text: string): string => {
  if (text.length < long) return text;
  const short = `${text.slice(0, kept)}… (${text.length} characters)`;
  return writtenOut(short) === text ? short : text;
};

const mapTexts = (value: unknown, map: (text: string) => string): unknown => {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]))
    : value;
};

/** A copy in which each very long text is its first 40 characters and its length, where that tells the whole text. */
export const shorten = <T>(value: T): T => mapTexts(value, shortened) as T;

/** The copy that `shorten` was given. */
export const writeOut = <T>(value: T): T => mapTexts(value, writtenOut) as T;

/** The lines of a file, long texts written out. */
export const parseLines = (text: string): RecordedLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => writeOut(JSON.parse(line) as RecordedLine));

/** The line as it stands in a file, long texts shortened. */
export const formatLine = (line: RecordedLine): string => `${JSON.stringify(shorten(line))}\n`;
