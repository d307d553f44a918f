import { readFileSync } from 'node:fs';
import type { Json } from '../../src/contract/json.ts';
import type { Source } from '../../src/drift/report.ts';

const read = (path: string): Json => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Json;

export const releases = ['1.28', '1.42', '1.43'] as const;

/** Our document, and what the recorded tenants say of themselves. */
export const documents: Record<'ours' | (typeof releases)[number], Source> = {
  ours: { name: 'our document', document: read('../../generated/openapi.json') },
  '1.28': { name: 'logto-1.28.openapi.json', document: read('../recordings/logto-1.28.openapi.json') },
  '1.42': { name: 'logto-1.42.openapi.json', document: read('../recordings/logto-1.42.openapi.json') },
  '1.43': { name: 'logto-1.43.openapi.json', document: read('../recordings/logto-1.43.openapi.json') },
};
