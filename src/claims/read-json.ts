import { readFileSync } from 'node:fs';

/** A file by its path from here. Node 20 warns of imports of JSON. */
export const readJson = <T>(path: string): T =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as T;
