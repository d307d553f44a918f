import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../../generated/types.d.ts';
import { loadCases } from '../cases.ts';
import { bodyOf, expectedOf } from '../expected.ts';
import { inert, marker } from '../inert.ts';
import { isObject, type Json } from '../json.ts';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
};

/** Tells a stored customizer without holding it: a hash, key order aside. */
export const fingerprint = (customizer: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(customizer ?? null)))
    .digest('hex');

/** What a run last read back for each token type, by fingerprint. */
export type LastSeen = { [T in TokenType]?: string };

export const lastSeenOf = ({ after }: { after: { [T in TokenType]?: unknown } }): LastSeen =>
  Object.fromEntries(Object.entries(after).map(([tokenType, stored]) => [tokenType, fingerprint(stored)]));

/** Everything that the cases store on a live tenant. */
const storedByCases = (asWritten: boolean): Json[] =>
  loadCases()
    .map((contract) => (asWritten ? contract : inert(contract)))
    .flatMap((contract) => [
      ...Object.values(contract.given),
      ...Object.values(expectedOf(contract).after),
      bodyOf(contract) ?? null,
    ]);

/**
 * Whether a stored customizer is one that the suite put there, so that it may be replaced by the original. Where the
 * suite cannot have put it, somebody else did: theirs stays.
 *
 * @param asWritten Whether the run stored scripts as the cases write them.
 */
export const makeIsOurs = (
  asWritten: boolean,
): ((tokenType: TokenType, customizer: unknown, lastSeen: LastSeen) => boolean) => {
  const stored = storedByCases(asWritten);
  const scripts = new Set(
    stored.map((body) => (isObject(body) ? body['script'] : undefined)).filter(Boolean),
  );
  return (tokenType, customizer, lastSeen) => {
    if (lastSeen[tokenType] === fingerprint(customizer)) return true;
    if (!isObject(customizer)) return customizer === null;
    const script = customizer['script'];
    if (typeof script === 'string' && (scripts.has(script) || script.includes(marker))) return true;
    return stored.some((body) => isDeepStrictEqual(body, customizer));
  };
};
