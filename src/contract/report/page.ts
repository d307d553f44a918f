import { readFileSync } from 'node:fs';
import type { Joined } from './joined.ts';

/** Stands in the page where its data goes. */
const place = '>"data"<';

/** JSON that no HTML parser takes for the end of the element it stands in, or for anything else. */
const inElement = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');

/** One HTML file that needs nothing else. */
export const makePage = (joined: Joined): string => {
  const page = readFileSync(new URL('../../../generated/report/page.html', import.meta.url), 'utf8');
  return page.replace(place, () => `>${inElement(joined)}<`);
};
