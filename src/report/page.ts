import { readFileSync } from 'node:fs';
import type { Joined } from './types.ts';

/** One HTML file that needs nothing else. */
export const makePage = (joined: Joined): string => {
  const page = readFileSync(new URL('../../generated/report/page.html', import.meta.url), 'utf8');
  // Of a script's text, HTML reads nothing but what begins with `<`: this never ends the element it stands in.
  const data = JSON.stringify(joined).replaceAll('<', '\\u003c');
  return page.replace('>"data"<', () => `>${data}<`);
};
