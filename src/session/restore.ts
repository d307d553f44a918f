import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../generated/types.d.ts';
import { tokenTypes } from '../client/call/engine.ts';
import { isRecord } from '../client/json.ts';
import { type Backup, keepBackup, removeBackup } from './backup.ts';
import type { Claim } from './claim.ts';
import type { CustomizerTexts } from './customizers.ts';
import { LostClaimError } from './errors.ts';
import { briefly, mayPass, outlast } from './retry.ts';

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

export interface Restoring {
  texts: CustomizerTexts;
  /** Everything that the run may have stored. */
  storedByRun: (asWritten: boolean) => readonly unknown[];
  path: string;
  left: Left;
  claim: Pick<Claim, 'isHeld'>;
  log: (line: string) => void;
  /** How long faults that may pass are waited out. */
  patience?: number;
}

/**
 * Whether a stored customizer is one that the suite put there, so that it may be replaced by the original. Where the
 * suite cannot have put it, somebody else did: theirs stays.
 */
const isOurs = (
  tokenType: TokenType,
  text: string | null,
  { lastSeen, foreign, isCut }: Left,
  storedByRun: () => readonly unknown[],
): boolean => {
  if (foreign.includes(tokenType)) return false;
  let customizer: unknown;
  try {
    customizer = JSON.parse(text ?? 'null');
  } catch {
    // What is not JSON is a customizer of theirs.
  }
  if (lastSeen[tokenType]?.includes(fingerprint(customizer))) return true;
  if (lastSeen[tokenType] !== undefined && !isCut) return false;
  if (customizer === null || isMarked(customizer)) return true;
  return storedByRun().some((body) => isDeepStrictEqual(body, customizer));
};

/**
 * Puts everything back as it was, and removes the backup. The customizers do not wait for each other. What somebody else
 * stored stays; then the original is kept in a file of its own.
 *
 * @throws {LostClaimError} when the tenant is no longer this run's; nothing is written then.
 * @throws {Error} when one could not be put back; the backup stays.
 */
export const restoreFrom = async (backup: Backup, restoring: Restoring): Promise<void> => {
  const { texts, storedByRun, path, left, claim, log, patience } = restoring;
  const { endpoint, customizers, asWritten = false } = backup;
  const onWait = (fault: Error): void =>
    log(
      `Not yet put back: ${briefly(fault)}. Still trying; the customizers of ${endpoint} are kept in ${path}, and if this is ended the next run restores them first.`,
    );
  const checkClaim = async (): Promise<void> => {
    if (!(await claim.isHeld()))
      throw new LostClaimError(
        `This run was suspended, and another one has taken over ${endpoint}: that one puts the customizers back, and this one writes nothing more. Start it again when the other has ended.`,
      );
  };
  /** Whether it is as it was, and not somebody else's. */
  const restoreOne = async (tokenType: TokenType): Promise<boolean> => {
    const original = customizers[tokenType];
    await checkClaim();
    const present = await texts.read(tokenType);
    if (present === original) return true;
    if (!isOurs(tokenType, present, left, () => storedByRun(asWritten))) return false;
    await checkClaim();
    await texts.write(tokenType, original);
    if ((await texts.read(tokenType)) !== original)
      throw new Error(`the ${tokenType} customizer does not read back as it was`);
    return true;
  };
  const isBack = new Map<TokenType, boolean>();
  const tokenTypesLeft = (): TokenType[] => tokenTypes.filter((tokenType) => !isBack.has(tokenType));
  /** One after the other, so that one that fails does not keep the other waiting. */
  const round = async (): Promise<void> => {
    const faults: unknown[] = [];
    for (const tokenType of tokenTypesLeft()) {
      try {
        isBack.set(tokenType, await restoreOne(tokenType));
      } catch (error) {
        if (error instanceof LostClaimError) throw error;
        faults.push(error);
      }
    }
    if (faults.length > 0) throw faults.find((fault) => !mayPass(fault)) ?? faults[0];
  };
  try {
    await outlast(round, patience, onWait);
  } catch (cause) {
    if (cause instanceof LostClaimError) throw cause;
    throw new Error(
      `Could not put back ${tokenTypesLeft().join(' and ')} on ${endpoint}: ${briefly(cause as Error)}. The customizers are kept in ${path}; the next run restores them first.`,
      { cause },
    );
  }
  await checkClaim();
  const foreign = tokenTypes.filter((tokenType) => isBack.get(tokenType) === false);
  if (foreign.length === 0) {
    await removeBackup(path);
    log(`The customizers of ${endpoint} are as they were.`);
  } else
    log(
      `Somebody else changed ${foreign.join(' and ')} on ${endpoint} meanwhile: that was left as it is. What was there before the run is kept in ${await keepBackup(path)}.`,
    );
};
