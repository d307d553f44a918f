import { extname } from 'node:path';

/** A module beside this one, as the source or as compiled. */
export const entryUrl = (name: string): URL => new URL(`${name}${extname(import.meta.url)}`, import.meta.url);
