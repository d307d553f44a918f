import { readFile } from 'node:fs/promises';
import type { JsonSchema } from '../tenant/index.ts';

/** What is read here of our own OpenAPI document. */
export interface Document {
  components: {
    headers: { LogtoCoreRequestId: { example: string } };
    schemas: Record<string, JsonSchema>;
  };
}

/** The text of a document. A build keeps this file and `generated/` in the same places to each other. */
export const readDocument = (file: 'openapi.json' | 'openapi.by-token-type.json'): Promise<string> =>
  readFile(new URL(`../../generated/${file}`, import.meta.url), 'utf8');
