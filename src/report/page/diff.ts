import { type Json, parsePointer, pointerTo } from '../../client/json.ts';
import type { ReportFinding } from '../types.ts';

/** A line of pretty-printed JSON: as it is, as it was found where another was expected, or what was expected. */
export interface Line {
  text: string;
  mark?: 'expected' | 'found' | 'wrong' | undefined;
}

type Place = Pick<ReportFinding, 'pointer' | 'expected' | 'found'>;

/** JSON with two spaces, U+2028 and its like written out. */
const plain = (value: Json): string[] =>
  JSON.stringify(value, null, 2)
    .replaceAll(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    })
    .split('\n');

/**
 * @param value `undefined` where only something else was expected
 * @param label what stands before it: a key
 * @param end what stands behind it: a comma
 */
const print = (
  value: Json | undefined,
  pointer: string,
  places: readonly Place[],
  label = '',
  end = '',
): Line[] => {
  const block = (json: Json | undefined, mark?: Line['mark'], last = ''): Line[] =>
    (json === undefined ? [] : plain(json)).map((text, index, { length }) => {
      return { text: (index === 0 ? label : '') + text + (index === length - 1 ? last : ''), mark };
    });
  const here = places.find((place) => place.pointer === pointer);
  if (here !== undefined) {
    const { expected, found } = here;
    // If the schema requires a value and there is none, the expected value is unknown.
    if (expected === undefined && value === undefined) return [{ text: `${label}…`, mark: 'expected' }];
    const mark = expected === undefined && found === undefined ? 'wrong' : 'found';
    return [...block(expected, 'expected'), ...block(value, mark, end)];
  }
  const inside = places.filter((place) => place.pointer?.startsWith(`${pointer}/`));
  if (inside.length === 0 || typeof value !== 'object' || value === null) return block(value, undefined, end);
  const isArray = Array.isArray(value);
  const fields = new Map<string, Json>(Object.entries(value));
  const pointed = inside.map((place) => parsePointer(place.pointer ?? '').at(-1) ?? '');
  const missing = pointed.filter((key, index) => inside[index]?.pointer === pointerTo(pointer, key));
  const keys = [...new Set([...fields.keys(), ...missing])];
  const children = keys.flatMap((key, index) =>
    print(
      fields.get(key),
      pointerTo(pointer, key),
      inside,
      isArray ? '' : `${JSON.stringify(key)}: `,
      index < keys.length - 1 ? ',' : '',
    ),
  );
  return [
    { text: label + (isArray ? '[' : '{') },
    ...children.map(({ text, mark }) => ({ text: `  ${text}`, mark })),
    { text: (isArray ? ']' : '}') + end },
  ];
};

/** What was expected above what was found; marked where there is a finding. */
export const sides = (expected: readonly string[], found: readonly string[], isMarked: boolean): Line[] => [
  ...expected.map((text): Line => ({ text, mark: 'expected' })),
  ...found.map((text): Line => (isMarked ? { text, mark: 'found' } : { text })),
];

/** A body as lines, those marked at which findings point. Text that is not JSON stands as it is. */
export const linesOf = (value: Json | undefined, places: readonly Place[]): Line[] => {
  if (typeof value !== 'string' && value !== null && value !== undefined) return print(value, '', places);
  const root = places.find(({ pointer }) => pointer === '');
  const found = value === null ? ['nothing'] : value ? value.split('\n') : [];
  return sides(root?.expected === undefined ? [] : plain(root.expected), found, root !== undefined);
};
