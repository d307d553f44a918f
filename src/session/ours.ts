import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../generated/types.d.ts';
import { isRecord } from '../client/json.ts';

/** Stands in every script that the suite itself makes up, so that a later run knows it. */
export const marker = 'The contract suite stores this';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  // As entries: an object with a key `__proto__` would lose it.
  return Object.keys(value)
    .sort()
    .map((key) => [key, sorted(value[key])]);
};

/** Tells a stored customizer without holding it: a hash, key order aside. */
export const fingerprint = (customizer: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(customizer === null ? null : [sorted(customizer)]))
    .digest('hex');

/** What may be stored for each token type by the run's own doing, by fingerprint. */
export type LastSeen = { [T in TokenType]?: string[] };

/** What a run leaves behind on a live tenant. */
export interface Left {
  /** What is stored, as far as the run knows. A token type that is missing may hold anything that the cases store. */
  lastSeen: LastSeen;
  /** What somebody else changed. */
  foreign: TokenType[];
  /** Whether a case was cut off: then anything that the cases store may be there as well. */
  isCut: boolean;
}

/** Whether the script is one that the suite makes up. */
export const isMarked = (customizer: unknown): boolean =>
  isRecord(customizer) && typeof customizer['script'] === 'string' && customizer['script'].includes(marker);

/**
 * Whether a stored customizer is one that the suite put there, so that it may be replaced by the original. Where the
 * suite cannot have put it, somebody else did: theirs stays.
 *
 * @param storedByRun Everything that the run may have stored.
 */
export const makeIsOurs = (
  storedByRun: () => readonly unknown[],
): ((tokenType: TokenType, customizer: unknown, left: Left) => boolean) => {
  let stored: readonly unknown[] | undefined;
  return (tokenType, customizer, { lastSeen, foreign, isCut }) => {
    if (foreign.includes(tokenType)) return false;
    if (lastSeen[tokenType]?.includes(fingerprint(customizer))) return true;
    if (lastSeen[tokenType] !== undefined && !isCut) return false;
    if (customizer === null || isMarked(customizer)) return true;
    stored ??= storedByRun();
    return stored.some((body) => isDeepStrictEqual(body, customizer));
  };
};
