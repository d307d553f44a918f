import type { TokenType } from '../../generated/types.d.ts';
import {
  type Backup,
  backupPath,
  completeBackup,
  keepBackup,
  loadBackup,
  prepareFolder,
  removeBackup,
  saveBackup,
} from './backup.ts';
import { claim, type Holder, here } from './claim.ts';
import { customizerTexts, ResponseError, type SessionTokens } from './customizers.ts';
import { RefusedRunError } from './errors.ts';
import { leftOf, type Restoring, restoreFrom } from './restore.ts';
import { patienceAtStart } from './retry.ts';

export interface HoldOptions extends SessionTokens {
  endpoint: string;
  /**
   * Everything that a run of the contract suite, with or without `asWritten`, may store on the tenant.
   * @default unknown: a tenant whose run was interrupted is refused
   */
  storedByRun?: Restoring['storedByRun'];
  /** Prints a line for the user, which never contains a customizer's text. */
  log: (line: string) => void;
}

/** A tenant that one process at a time may write to. */
export type Held = Awaited<ReturnType<typeof holdTenant>>;

const heldBy = ({ pid, place }: Partial<Holder>, endpoint: string): RefusedRunError =>
  new RefusedRunError(
    place === here
      ? `Another run on this machine (process ${pid}) is using ${endpoint}. Wait until it has restored the customizers.`
      : `A run on another machine or container that shares this folder (process ${pid ?? 'unknown'} there) is using ${endpoint}. Wait until it has restored the customizers; if it was killed, start again in a minute.`,
  );

/** Whether the tenant refuses what it is sent, however often. */
const isRefusal = (cause: unknown): boolean =>
  cause instanceof ResponseError && [400, 404, 413, 422].includes(cause.status);

/**
 * Claims a tenant. An interrupted run or push is undone first.
 *
 * @throws {RefusedRunError} if another process is using that tenant, or a run of the contract suite was interrupted and
 * `storedByRun` is not given
 */
export const holdTenant = async (options: HoldOptions) => {
  const { endpoint, storedByRun, log } = options;
  const path = backupPath(endpoint);
  await prepareFolder(path);
  const claimed = await claim(path);
  if ('heldBy' in claimed) throw heldBy(claimed.heldBy, endpoint);
  const texts = customizerTexts(endpoint, options);
  const restore = (
    backup: Backup,
    more: Pick<Restoring, 'left'> & Partial<Pick<Restoring, 'patience' | 'again'>>,
  ): Promise<TokenType[]> =>
    restoreFrom(backup, {
      texts,
      storedByRun: storedByRun ?? (() => []),
      path,
      claim: claimed,
      log,
      ...more,
    });
  try {
    const leftover = await loadBackup(path, endpoint);
    if (leftover !== undefined) {
      if (leftover.pushed === undefined && storedByRun === undefined)
        throw new RefusedRunError(
          `A run of the contract suite on ${endpoint} was interrupted (${leftover.savedAt}). Let it restore the customizers first: npx logto-jwt-customizer contract --target tenant`,
        );
      const what = leftover.pushed === undefined ? 'run' : 'push';
      log(
        `An earlier ${what} did not finish (${leftover.savedAt}): restoring the customizers kept in ${path}.`,
      );
      await restore(leftover, { left: leftOf(leftover), patience: patienceAtStart }).catch(async (error) => {
        // Otherwise a tenant that has become stricter would stop every command.
        if (leftover.pushed === undefined || !isRefusal((error as Error).cause)) throw error;
        const { message } = (error as { cause: Error }).cause;
        log(
          `The tenant refuses what it had before that push (${message}). It is kept in ${await keepBackup(path)}; the tenant keeps what it has now.`,
        );
      });
    }
  } catch (error) {
    await claimed.release();
    throw error;
  }
  return {
    /** Where a backup is kept until the tenant is restored. */
    path,
    texts,
    /** Saves the customizers before the first write. */
    save: (backup: Backup): Promise<void> => saveBackup(path, backup),
    /** Like `restoreFrom`. */
    restore,
    /** Removes the backup of a push that sent nothing. */
    discard: (): Promise<void> => removeBackup(path),
    /** Completes a push: what it replaced is kept for `rollback`. Returns the path. */
    complete: (): Promise<string> => completeBackup(path),
    isHeld: claimed.isHeld,
    /** Aborts when another process has taken over while this one was suspended. */
    lost: claimed.lost,
    /** Lets another process start. */
    release: claimed.release,
  };
};
