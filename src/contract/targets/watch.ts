import type { TokenType } from '../../../generated/types.d.ts';
import { tokenTypes } from '../../client/call/engine.ts';
import { type Fingerprints, fingerprint, isMarked, type Left } from '../../session/index.ts';
import type { Case, Customizers } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { bodyOf, expectedOf } from '../expected.ts';
import { isObject } from '../json.ts';
import { StoppedError, UntriedError } from './target.ts';

/** A customizer; `null` if there is none. */
export type Stored = NonNullable<Customizers[TokenType]> | null;

/** A string reduced to what stays when a tenant trims or normalizes it or changes line ends. */
const reduced = (text: string): string => text.normalize('NFKD').replaceAll(/[^A-Za-z0-9]/g, '');

const scriptOf = (customizer: unknown): string | undefined => {
  const script = isObject(customizer) ? customizer['script'] : undefined;
  return typeof script === 'string' ? script : undefined;
};

/** Whether a read returned something other than a customizer: a proxy's page or JSON proves nothing. */
const isPage = (found: unknown): boolean => found !== null && scriptOf(found) === undefined;

const textsIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)])
    : [String(value)];

const common = (a: string, b: string): number => {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length += 1;
  return length;
};

/** Whether one string may be a version of the other: cut, or changed in one place. */
const isLike = (a: string, b: string): boolean => {
  if (a === '' || b === '') return a === b;
  const start = common(a, b);
  if (start === Math.min(a.length, b.length)) return true;
  const end = common([...a.slice(start)].reverse().join(''), [...b.slice(start)].reverse().join(''));
  return start + end >= Math.max(a.length, b.length) / 2;
};

/** Milliseconds without a response after which the run must have been suspended: no request takes that long. */
const longest = 45_000;

/**
 * Infers who stored a customizer. `spoilt`: the case did, and the tenant changed it. `unclear`: the case or somebody
 * else; the values of its variables are the case's. `foreign`: somebody else.
 */
const originOf = (found: unknown, sources: readonly unknown[]): 'spoilt' | 'unclear' | 'foreign' => {
  if (found === null) return 'unclear';
  const script = scriptOf(found);
  // Every deployment includes a script, so the tenant itself returned something other than a customizer.
  if (script === undefined) return 'spoilt';
  const rest = reduced(script);
  const own = sources.flatMap((source) => scriptOf(source) ?? []).map(reduced);
  if (isMarked(found) ? own.some((text) => isLike(text, rest)) : rest !== '' && own.includes(rest))
    return 'spoilt';
  const texts = sources.flatMap(textsIn).map(reduced);
  const isOwn = (text: string): boolean => texts.some((candidate) => isLike(candidate, reduced(text)));
  const { environmentVariables } = found as { environmentVariables?: unknown };
  const variables = Object.values(environmentVariables ?? {})
    .flatMap((value) => (value === null ? [] : textsIn(value)))
    .filter((text) => reduced(text) !== '');
  if (!variables.every(isOwn)) return 'foreign';
  if (rest === '') return own.includes('') ? 'spoilt' : 'unclear';
  return isOwn(script) ? 'unclear' : 'foreign';
};

/** Tracks what the run may have stored on a live tenant. Anything else is somebody else's and is left in place. */
export const watch = () => {
  let lastSeen: Fingerprints | undefined;
  /** What the current or interrupted case stores; it excludes what others stored. */
  let sources: readonly unknown[] = [];
  let isCut = false;
  const foreign = new Set<TokenType>();
  let respondedAt = Date.now();

  const mayBe = (tokenType: TokenType, customizers: readonly unknown[]): void => {
    lastSeen = { ...lastSeen, [tokenType]: [...new Set(customizers.map(fingerprint))] };
  };
  const isKnown = (tokenType: TokenType, found: unknown): boolean =>
    lastSeen?.[tokenType] === undefined || lastSeen[tokenType].includes(fingerprint(found));
  const changed = (tokenTypes: readonly TokenType[]): StoppedError => {
    for (const tokenType of tokenTypes) foreign.add(tokenType);
    return new StoppedError(
      `somebody else changed ${tokenTypes.join(' and ')}. The suite writes nothing more and leaves their change in place.`,
    );
  };

  return {
    /** Call it before a write that sets up a given customizer. */
    write: (tokenType: TokenType, present: Stored, wanted: Stored): void => {
      mayBe(tokenType, [present, wanted]);
      sources = [...sources, wanted];
      isCut = true;
    },
    hasBegun: (): boolean => lastSeen !== undefined,
    begin: (stored: Fingerprints): void => {
      lastSeen = stored;
      respondedAt = Date.now();
    },
    /**
     * @param isMixed Whether the other one was written since: a tenant that mixes them up may have changed this one.
     * @throws {StoppedError} when the customizer is not what the previous case left.
     */
    checkBefore: (tokenType: TokenType, present: Stored, isMixed = false): void => {
      const isNews = !isKnown(tokenType, present);
      if (isNews && isPage(present))
        throw new UntriedError(
          'reading the stored customizer returned a page: a proxy may have sent it',
          502,
        );
      const origin = isNews && isCut ? originOf(present, sources) : 'foreign';
      if (isNews && !(origin === 'spoilt' || (isMixed && origin === 'unclear'))) throw changed([tokenType]);
      if (!isPage(present)) mayBe(tokenType, [present]);
      respondedAt = Date.now();
    },
    /** @throws {StoppedError} when the run was suspended since it read the stored customizers. */
    assertAwake: (): void => {
      if (Date.now() - respondedAt > longest)
        throw new StoppedError(
          'this run was suspended, and the customizers may have changed since. The suite writes nothing more.',
        );
    },
    /** Call it before the case's request, which may lead to any of these states. */
    expect: (contract: Case, before: Exchange['after']): void => {
      const { after } = expectedOf(contract);
      const sent = bodyOf(contract);
      sources = [...Object.values(contract.given), ...Object.values(after), sent];
      isCut = true;
      for (const tokenType of tokenTypes)
        mayBe(tokenType, [
          before[tokenType] ?? null,
          contract.given[tokenType] ?? null,
          after[tokenType] ?? null,
          ...(tokenType === contract.request.tokenType && sent !== undefined ? [sent] : []),
        ]);
    },
    /**
     * @returns why no other case may run, when it is unclear who stored a customizer.
     * @throws {StoppedError} when somebody else did: no report may contain it.
     */
    checkAfter: (after: Exchange['after']): string | undefined => {
      const unknown = tokenTypes.filter((tokenType) => !isKnown(tokenType, after[tokenType]));
      const theirs = unknown.filter((tokenType) => originOf(after[tokenType], sources) === 'foreign');
      if (theirs.length > 0) throw changed(theirs);
      for (const tokenType of tokenTypes) {
        const found = after[tokenType];
        const known = lastSeen?.[tokenType] ?? [];
        mayBe(tokenType, [found]);
        // What was known before the page is still valid.
        if (isPage(found)) lastSeen = { ...lastSeen, [tokenType]: [...known, fingerprint(found)] };
      }
      isCut = false;
      respondedAt = Date.now();
      const unclear = unknown.filter((tokenType) => originOf(after[tokenType], sources) === 'unclear');
      return unclear.length === 0 ? undefined : changed(unclear).message;
    },
    left: (): Left => ({ lastSeen: lastSeen ?? {}, foreign: [...foreign], isCut }),
  };
};
