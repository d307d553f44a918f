import type { Case, Customizers } from '../case.ts';
import type { Json } from '../json.ts';
import { shorten, writeOut } from './long-texts.ts';

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

/** The lines of a file, long texts written out. */
export const parseLines = (text: string): RecordedLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => writeOut(JSON.parse(line) as RecordedLine));

/** The line as it stands in a file, long texts shortened. */
export const formatLine = (line: RecordedLine): string => `${JSON.stringify(shorten(line))}\n`;
