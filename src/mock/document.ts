import { readFile } from 'node:fs/promises';
import type { JsonSchema } from '../tenant/index.ts';

/** What is read here of our own OpenAPI document. */
export interface Document {
  components: {
    headers: { LogtoCoreRequestId: { example: string } };
    schemas: Record<string, JsonSchema>;
  };
}

/** The text of the document. A build keeps this file and `generated/` in the same places to each other. */
export const readDocument = (): Promise<string> =>
  readFile(new URL('../../generated/openapi.json', import.meta.url), 'utf8');
