import type { TokenType } from '../../generated/types.d.ts';
import { tokenTypes } from '../client/call/engine.ts';
import { type Backup, keepBackup, removeBackup } from './backup.ts';
import type { Claim } from './claim.ts';
import type { CustomizerTexts } from './customizers.ts';
import { GiveUpError, LostClaimError } from './errors.ts';
import { type Left, makeIsOurs } from './ours.ts';
import { briefly, mayPass, outlast, type Patience } from './retry.ts';

export interface Restoring {
  texts: CustomizerTexts;
  storedByRun: (asWritten: boolean) => readonly unknown[];
  path: string;
  left: Left;
  claim: Pick<Claim, 'isHeld'>;
  log: (line: string) => void;
  /** How long faults that may pass are waited out. */
  patience?: Patience['patience'];
}

const parsed = (text: string | null): unknown => {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    // No customizer of ours: theirs stays.
    return undefined;
  }
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
  const { endpoint } = backup;
  const isOurs = makeIsOurs(() => storedByRun(backup.asWritten === true));
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
    const original = backup.customizers[tokenType];
    await checkClaim();
    const present = await texts.read(tokenType);
    if (present === original) return true;
    if (!isOurs(tokenType, parsed(present), left)) return false;
    await checkClaim();
    await texts.write(tokenType, original);
    if ((await texts.read(tokenType)) !== original)
      throw new Error(`the ${tokenType} customizer does not read back as it was`);
    return true;
  };
  const isBack = new Map<TokenType, boolean>();
  const faults = new Map<TokenType, Error>();
  /** One after the other, so that one that fails keeps nobody waiting for the other. */
  const round = async (): Promise<void> => {
    for (const tokenType of tokenTypes.filter((candidate) => !isBack.has(candidate))) {
      try {
        isBack.set(tokenType, await restoreOne(tokenType));
        faults.delete(tokenType);
      } catch (error) {
        if (error instanceof GiveUpError) throw error;
        faults.set(tokenType, error as Error);
      }
    }
    const [fault] = [...faults.values()].sort((a, b) => Number(mayPass(b)) - Number(mayPass(a)));
    if (fault !== undefined) throw fault;
  };
  try {
    await outlast(round, { onWait, ...(patience !== undefined && { patience }) });
  } catch (cause) {
    if (cause instanceof GiveUpError) throw cause;
    throw new Error(
      `Could not put back ${[...faults.keys()].join(' and ')} on ${endpoint}: ${briefly(cause as Error)}. The customizers are kept in ${path}; the next run restores them first.`,
      { cause },
    );
  }
  await checkClaim();
  const foreign = tokenTypes.filter((tokenType) => isBack.get(tokenType) === false);
  if (foreign.length === 0) {
    await removeBackup(path);
    log(`The customizers of ${endpoint} are as they were.`);
    return;
  }
  const kept = await keepBackup(path);
  log(
    `Somebody else changed ${foreign.join(' and ')} on ${endpoint} meanwhile: that was left as it is. What was there before the run is kept in ${kept}.`,
  );
};
