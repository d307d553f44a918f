import { setTimeout as wait } from 'node:timers/promises';
import type { TokenType } from '../../../generated/types.d.ts';
import type { Environment } from '../environment.ts';
import { RefusedRunError } from '../refused-run-error.ts';
import { type Backup, backupPath, keepBackup, loadBackup, removeBackup, saveBackup } from './backup.ts';
import { claim } from './claim.ts';
import { type CustomizerTexts, customizerTexts, tokenTypes } from './customizers.ts';
import { type LastSeen, makeIsOurs } from './ours.ts';

export interface SessionOptions {
  endpoint: string;
  getToken: () => Promise<string>;
  /** Whether customizers that exist may be replaced while the suite runs. */
  allowOverwrite: boolean;
  /**
   * Whether scripts will be stored as the cases write them. Then a tenant that has customizers is refused.
   * @default false
   */
  asWritten?: boolean;
  /** How many cases will run, to tell for how long tokens go without their claims. */
  cases: number;
  /** What a person should know. Never holds a customizer's text. */
  log: (line: string) => void;
  env?: Environment;
}

/** A tenant that lends its customizers to the suite. */
export interface Session {
  /**
   * Puts everything back as it was, checks that it is, byte for byte, and removes the backup. What somebody else
   * stored meanwhile stays; then the original is kept in a file of its own, and said so.
   *
   * @param lastSeen What the run last read back.
   * @throws {Error} when that failed; the backup stays, and the next run tries again first.
   */
  restore(lastSeen: LastSeen): Promise<void>;
  /** Lets another run begin. */
  release(): Promise<void>;
}

/** A case takes about so many requests: to arrange what is given, the request, to read back. */
const requestsPerCase = 5;

const attempts = 5;

const withRetries = async <T>(action: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (attempt === attempts) throw error;
      await wait(500 * 2 ** attempt);
    }
  }
};

interface Restoring {
  texts: CustomizerTexts;
  path: string;
  lastSeen: LastSeen;
  log: (line: string) => void;
}

const restoreFrom = async (backup: Backup, { texts, path, lastSeen, log }: Restoring): Promise<void> => {
  const isOurs = makeIsOurs(backup.asWritten === true);
  /** Whether it is as it was, and not somebody else's. */
  const restoreOne = async (tokenType: TokenType): Promise<boolean> => {
    const original = backup.customizers[tokenType];
    const present = await texts.read(tokenType);
    if (present === original) return true;
    if (!isOurs(tokenType, present === null ? null : JSON.parse(present), lastSeen)) return false;
    await texts.write(tokenType, original);
    if ((await texts.read(tokenType)) !== original)
      throw new Error(`the ${tokenType} customizer does not read back as it was`);
    return true;
  };
  const foreign: TokenType[] = [];
  try {
    for (const tokenType of tokenTypes)
      if (!(await withRetries(() => restoreOne(tokenType)))) foreign.push(tokenType);
  } catch (cause) {
    throw new Error(
      `Could not put back the customizers of ${backup.endpoint}: ${(cause as Error).message}. They are kept in ${path}; the next run restores them first.`,
      { cause },
    );
  }
  if (foreign.length === 0) {
    await removeBackup(path);
    log(`The customizers of ${backup.endpoint} are as they were.`);
    return;
  }
  const kept = await keepBackup(path);
  log(
    `Somebody else changed ${foreign.join(' and ')} on ${backup.endpoint} meanwhile: that was left as it is. What was there before the run is kept in ${kept}.`,
  );
};

const readAll = async (texts: CustomizerTexts, endpoint: string): Promise<Backup['customizers']> => {
  try {
    return {
      'access-token': await texts.read('access-token'),
      'client-credentials': await texts.read('client-credentials'),
    };
  } catch (cause) {
    throw new Error(`Could not read the customizers of ${endpoint}: ${(cause as Error).message}`, { cause });
  }
};

/**
 * Saves a tenant's customizers before anything is written. If an earlier run was killed, what it saved is put back
 * first.
 *
 * @throws {RefusedRunError} when another run of this machine is on that tenant, and when there are customizers and
 * `allowOverwrite` is false.
 */
export const openSession = async (options: SessionOptions): Promise<Session> => {
  const { endpoint } = options;
  const path = backupPath(endpoint, options.env);
  const claimed = await claim(path);
  if ('heldBy' in claimed)
    throw new RefusedRunError(
      `Another run of this machine (process ${claimed.heldBy}) is on ${endpoint}. Wait until it has put the customizers back.`,
    );
  try {
    return { ...(await saveOriginal(options, path)), release: () => claimed.release() };
  } catch (error) {
    await claimed.release();
    throw error;
  }
};

const saveOriginal = async (options: SessionOptions, path: string): Promise<Omit<Session, 'release'>> => {
  const { endpoint, getToken, allowOverwrite, asWritten = false, log } = options;
  const texts = customizerTexts(endpoint, getToken);
  const leftover = await loadBackup(path);
  if (leftover !== undefined) {
    log(`An earlier run did not end (${leftover.savedAt}): putting back the customizers kept in ${path}.`);
    await restoreFrom(leftover, { texts, path, lastSeen: {}, log });
  }
  const customizers = await readAll(texts, endpoint);
  // Measured on a connection and a token that exist: the reads above paid for both.
  const started = performance.now();
  await texts.read('access-token');
  const seconds = ((performance.now() - started) / 1000) * requestsPerCase * options.cases;
  const existing = tokenTypes.filter((tokenType) => customizers[tokenType] !== null);
  const duration = `about ${Math.max(1, Math.ceil(seconds))} s`;
  if (existing.length > 0 && asWritten)
    throw new RefusedRunError(
      `${endpoint} has customizers (${existing.join(', ')}). A recording stores scripts as the cases write them, so tokens would be issued with their claims: it wants a tenant of its own, without customizers. Bring one up, or delete there what is not needed.`,
    );
  if (existing.length > 0 && !allowOverwrite)
    throw new RefusedRunError(
      `${endpoint} has customizers (${existing.join(', ')}). While the suite runs, ${duration}, tokens are issued without their claims. Allow it with --allow-overwrite (or CONTRACT_ALLOW_OVERWRITE=1), better on a tenant for tests.`,
    );
  const backup: Backup = {
    endpoint,
    savedAt: new Date().toISOString(),
    customizers,
    ...(asWritten && { asWritten }),
  };
  await saveBackup(path, backup);
  log(`The customizers of ${endpoint} are kept in ${path} until they are put back.`);
  if (existing.length > 0)
    log(`For ${duration} tokens are issued without the claims of: ${existing.join(', ')}.`);
  return { restore: (lastSeen) => restoreFrom(backup, { texts, path, lastSeen, log }) };
};
