import { cut } from '../report/index.ts';
import { brief, isObject, type Json } from './json.ts';

/** Characters of a text that a person reads in a report. */
const longestText = 4_000;

/** Characters that are left of a longer one. */
const kept = 200;

/** Characters of JSON that a report keeps of one body. */
const longestBody = 100_000;

const shortenTexts = (value: unknown): unknown => {
  if (typeof value === 'string') return cut(value, longestText, kept);
  if (Array.isArray(value)) return value.map(shortenTexts);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortenTexts(item)]));
};

/** The value with long texts cut, as the recordings cut theirs; the beginning of its JSON when it is still too long. */
export const shorten = <T>(value: T): T => {
  const short = shortenTexts(value);
  return ((JSON.stringify(short)?.length ?? 0) > longestBody ? brief(short as Json, kept) : short) as T;
};
