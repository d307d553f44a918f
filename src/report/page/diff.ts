import { type Json, parsePointer, pointerTo } from '../../client/json.ts';
import type { ReportFinding } from '../types.ts';

/** A line of pretty-printed JSON: as it is, as it was found where another was expected, or what was expected. */
export interface Line {
  text: string;
  mark?: 'expected' | 'found' | 'wrong';
}

type Place = Pick<ReportFinding, 'pointer' | 'expected' | 'found'>;

const parentOf = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/'));

const keyOf = (pointer = ''): string => parsePointer(pointer).at(-1) ?? '';

/** JSON with two spaces, U+2028 and its like written out. */
const plain = (value: Json): string[] =>
  JSON.stringify(value, null, 2)
    .replaceAll(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    })
    .split('\n');

const marked = (lines: readonly string[], mark: Line['mark']): Line[] =>
  lines.map((text) => (mark === undefined ? { text } : { text, mark }));

const indented = (lines: readonly Line[]): Line[] =>
  lines.map((line) => ({ ...line, text: `  ${line.text}` }));

const prefixed = (lines: Line[], key: string | undefined): Line[] => {
  const [first, ...rest] = lines;
  if (first === undefined || key === undefined) return lines;
  return [{ ...first, text: `${JSON.stringify(key)}: ${first.text}` }, ...rest];
};

const withComma = (lines: Line[]): Line[] => {
  const last = lines.at(-1);
  return last === undefined ? lines : [...lines.slice(0, -1), { ...last, text: `${last.text},` }];
};

/** What was expected at a place, ahead of what was found there. */
const expectedLines = (place: Place | undefined, key: string | undefined): Line[] =>
  place?.expected === undefined ? [] : prefixed(marked(plain(place.expected), 'expected'), key);

/** What is not there: where the schema wants it, no value is known that was expected. */
const missingLines = (place: Place, key: string | undefined): Line[] =>
  place.expected === undefined ? prefixed([{ text: '…', mark: 'expected' }], key) : expectedLines(place, key);

const print = (value: Json, pointer: string, key: string | undefined, places: readonly Place[]): Line[] => {
  const here = places.find((place) => place.pointer === pointer);
  if (here !== undefined) {
    const mark = here.expected === undefined && here.found === undefined ? 'wrong' : 'found';
    return [...expectedLines(here, key), ...prefixed(marked(plain(value), mark), key)];
  }
  const inside = places.filter((place) => place.pointer?.startsWith(`${pointer}/`));
  if (inside.length === 0 || typeof value !== 'object' || value === null)
    return prefixed(marked(plain(value), undefined), key);
  const isArray = Array.isArray(value);
  const entries: [string, Json][] = isArray
    ? value.map((item, index): [string, Json] => [String(index), item])
    : Object.entries(value);
  const missing = inside.filter((place) => {
    const name = keyOf(place.pointer);
    return parentOf(place.pointer ?? '') === pointer && !entries.some(([present]) => present === name);
  });
  const children = [
    ...entries.map(([name, item]) =>
      print(item, pointerTo(pointer, name), isArray ? undefined : name, inside),
    ),
    ...missing.map((place) => missingLines(place, isArray ? undefined : keyOf(place.pointer))),
  ];
  const body = children.flatMap((lines, index) =>
    indented(index < children.length - 1 ? withComma(lines) : lines),
  );
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  return [...prefixed([{ text: open }], key), ...body, { text: close }];
};

/** A body as lines, those marked at which findings point. Text that is no JSON stands as it is. */
export const linesOf = (value: Json | undefined, places: readonly Place[]): Line[] => {
  const root = places.find(({ pointer }) => pointer === '');
  if (value === undefined || value === '' || value === null) {
    const nothing: Line[] = value === null ? [{ text: 'nothing' }] : [];
    return root === undefined
      ? nothing
      : [...expectedLines(root, undefined), ...nothing.map(({ text }) => ({ text, mark: 'found' as const }))];
  }
  if (typeof value === 'string') {
    const text = marked(value.split('\n'), root === undefined ? undefined : 'found');
    return [...expectedLines(root, undefined), ...text];
  }
  return print(value, '', undefined, places);
};
