import { readFileSync } from 'node:fs';
import type { Joined } from './types.ts';

/** Stands in the page where its data goes. */
const place = '>"data"<';

/** JSON that never ends the element it stands in: of a script's text, HTML reads nothing but what begins with `<`. */
const inElement = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** One HTML file that needs nothing else. */
export const makePage = (joined: Joined): string => {
  const page = readFileSync(new URL('../../generated/report/page.html', import.meta.url), 'utf8');
  return page.replace(place, () => `>${inElement(joined)}<`);
};
