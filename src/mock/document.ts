import { readFile } from 'node:fs/promises';
import { newestRelease } from '../../generated/newest-release.js';
import type { JsonSchema } from '../tenant/index.ts';

/** What is read here of our own OpenAPI document. */
export interface OwnDocument {
  components: {
    headers: { LogtoCoreRequestId: { example: string } };
    schemas: Record<string, JsonSchema>;
  };
}

/** The text of a document. A build keeps this file and `generated/` in the same places to each other. */
export const readDocument = (file: 'openapi.json' | 'openapi.by-token-type.json'): Promise<string> =>
  readFile(new URL(`../../generated/${file}`, import.meta.url), 'utf8');

/** The newest release that can be mocked: the one that our document describes. */
export const newest = newestRelease;

/**
 * A release, as `1.42` writes it.
 *
 * @throws {Error} when it is none from 1.28 (that of the vendor's documented page) to the newest
 */
export const checkRelease = (release: string): string => {
  const [, minor = ''] = /^1\.(\d\d)$/.exec(release) ?? [];
  if (Number(minor) >= 28 && Number(minor) <= Number(newest.slice(2))) return release;
  throw new Error(
    `${JSON.stringify(release)} is no release that can be mocked; choose one from 1.28 to ${newest}`,
  );
};
