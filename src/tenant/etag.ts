import { createHash } from 'node:crypto';
import type { TenantRequest } from './message.ts';

/** The ETag of a string: its length in bytes, in hexadecimal, and 27 characters of its SHA-1 in Base64. */
export const etagOf = (text: string): string => {
  const bytes = new TextEncoder().encode(text);
  const hash = createHash('sha1').update(bytes).digest('base64').slice(0, 27);
  return `"${bytes.length.toString(16)}-${hash}"`;
};

/**
 * Whether the caller already has this content. `Cache-Control: no-cache`, which `fetch` adds, requests it anyway
 * (conditional.jsonl, "If-None-Match with that ETag, sent by fetch, …").
 */
export const isFresh = (headers: TenantRequest['headers'], etag: string): boolean => {
  const noneMatch = headers['if-none-match'];
  if (noneMatch === undefined || noneMatch === '') return false;
  if (/(^|,)\s*no-cache\s*(,|$)/.test(headers['cache-control'] ?? '')) return false;
  return noneMatch
    .split(',')
    .map((candidate) => candidate.trim().replace(/^W\//, ''))
    .some((candidate) => candidate === '*' || candidate === etag);
};
