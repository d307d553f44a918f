import { readFileSync } from 'node:fs';
import { loadCases } from './cases.ts';

let words: string | undefined;
/** Each response is searched for the same few secrets, and the words are many. */
const known = new Map<string, boolean>();

/**
 * Whether a text stands in the cases or in the document, such as `script`. Shown, it tells nobody anything; taken out of
 * a response, it would change what is judged.
 */
export const isCommonWord = (text: string): boolean => {
  words ??=
    JSON.stringify(loadCases()) +
    readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8');
  const found = known.get(text) ?? words.includes(text);
  known.set(text, found);
  return found;
};
