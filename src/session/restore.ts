import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../generated/types.d.ts';
import { tokenTypes } from '../client/call/engine.ts';
import { isRecord } from '../client/json.ts';
import { type Backup, type Fingerprints, keepBackup, removeBackup } from './backup.ts';
import type { Claim } from './claim.ts';
import type { CustomizerTexts } from './customizers.ts';
import { LostClaimError } from './errors.ts';
import { briefly, mayPass, outlast } from './retry.ts';

/** Part of every script that the suite generates, so that a later run recognizes it. */
export const marker = 'The contract suite stores this';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  // As entries: an object with a key `__proto__` would lose it.
  return Object.keys(value)
    .sort()
    .map((key) => [key, sorted(value[key])]);
};

/** Identifies a stored customizer without containing it: a hash that ignores the order of keys. */
export const fingerprint = (customizer: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(customizer === null ? null : [sorted(customizer)]))
    .digest('hex');

/** What a run left on a live tenant. */
export interface Left {
  /** What is stored, as far as the run knows. For a token type that is missing, it may be anything that the cases store. */
  lastSeen: Fingerprints;
  /** What someone else changed. */
  foreign: TokenType[];
  /** Whether a case was interrupted: then anything that the cases store may be there as well. */
  isCut: boolean;
}

/** What an interrupted run or push left: a push stores nothing but what its backup lists. */
export const leftOf = ({ pushed }: Backup): Left => ({
  lastSeen: pushed ?? {},
  foreign: [],
  isCut: pushed === undefined,
});

/** Whether the suite generated the script. */
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
  /** How long to wait for temporary faults to pass. */
  patience?: number;
  /**
   * Milliseconds after which the customizers are restored once more, in case a write whose response did not arrive takes
   * effect late.
   * @default 0, they are not
   */
  again?: number;
}

/**
 * Whether the suite stored a customizer, so that the original may replace it. If the suite cannot have stored it, someone
 * else did, and it stays.
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
    // If it is not JSON, someone else stored it.
  }
  if (lastSeen[tokenType]?.includes(fingerprint(customizer))) return true;
  if (lastSeen[tokenType] !== undefined && !isCut) return false;
  if (customizer === null || isMarked(customizer)) return true;
  return storedByRun().some((body) => isDeepStrictEqual(body, customizer));
};

/**
 * Restores the original customizers and removes the backup. A failure of one does not block the other. What someone else
 * stored stays, and the original is then kept in a separate file.
 *
 * @returns the token types that someone else changed
 * @throws {LostClaimError} if this run has lost its claim on the tenant; nothing is written then.
 * @throws {Error} if one could not be restored; the backup stays.
 */
export const restoreFrom = async (backup: Backup, restoring: Restoring): Promise<TokenType[]> => {
  const { texts, storedByRun, path, left, claim, log, patience, again = 0 } = restoring;
  const { endpoint, customizers, asWritten = false } = backup;
  const saved = tokenTypes.filter((tokenType) => customizers[tokenType] !== undefined);
  const onWait = (fault: Error): void =>
    log(
      `Not restored yet: ${briefly(fault)}. Still trying. The customizers of ${endpoint} are kept in ${path}; if you stop this run, the next one restores them first.`,
    );
  const checkClaim = async (): Promise<void> => {
    if (!(await claim.isHeld()))
      throw new LostClaimError(
        `This run was suspended, and another one has taken over ${endpoint}. The other run restores the customizers; this one writes nothing more. Start it again when the other one has finished.`,
      );
  };
  /** Returns whether the original is stored; `false` if someone else's customizer is. */
  const restoreOne = async (tokenType: TokenType): Promise<boolean> => {
    const original = customizers[tokenType] ?? null;
    await checkClaim();
    const present = await texts.read(tokenType);
    if (present === original) return true;
    if (!isOurs(tokenType, present, left, () => storedByRun(asWritten))) return false;
    await checkClaim();
    await texts.write(tokenType, original);
    if ((await texts.read(tokenType)) !== original)
      throw new Error(`the ${tokenType} customizer is different when read back`);
    return true;
  };
  const isBack = new Map<TokenType, boolean>();
  const tokenTypesLeft = (): TokenType[] => saved.filter((tokenType) => !isBack.has(tokenType));
  /** Tries each customizer, so that a failure of one does not block the other. */
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
    if (again > 0) {
      log(`Restored; checking once more in ${again / 1000} s, in case the failed write arrives late.`);
      await wait(again);
      isBack.clear();
      await outlast(round, patience, onWait);
    }
  } catch (cause) {
    if (cause instanceof LostClaimError) throw cause;
    throw new Error(
      `Could not restore ${tokenTypesLeft().join(' and ')} on ${endpoint}: ${briefly(cause as Error)}. The customizers are kept in ${path}; the next run restores them first.`,
      { cause },
    );
  }
  await checkClaim();
  const foreign = saved.filter((tokenType) => isBack.get(tokenType) === false);
  if (foreign.length === 0) {
    await removeBackup(path);
    log(`Restored the customizers of ${endpoint}.`);
  } else
    log(
      `Someone else changed ${foreign.join(' and ')} on ${endpoint} meanwhile. Their change was left in place; the customizers from before the run are kept in ${await keepBackup(path)}.`,
    );
  return foreign;
};
