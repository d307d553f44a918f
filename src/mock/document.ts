import { readFile } from 'node:fs/promises';
import { newestRelease } from '../../generated/newest-release.js';

/** The text of a document. A build keeps the relative path from this file to `generated/`. */
export const readDocument = (file: 'openapi.json' | 'openapi.by-token-type.json'): Promise<string> =>
  readFile(new URL(`../../generated/${file}`, import.meta.url), 'utf8');

/** The newest release that can be mocked: the one that our document describes. */
export const newest = newestRelease;
