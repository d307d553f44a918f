import { setTimeout as wait } from 'node:timers/promises';
import type { TokenType } from '../../../generated/types.d.ts';
import { RefusedRunError } from '../refused-run-error.ts';
import { type Backup, backupPath, loadBackup, removeBackup, saveBackup } from './backup.ts';
import { type CustomizerTexts, customizerTexts, tokenTypes } from './customizers.ts';

export interface SessionOptions {
  endpoint: string;
  getToken: () => Promise<string>;
  /** Whether customizers that exist may be replaced while the suite runs. */
  allowOverwrite: boolean;
  /** How many cases will run, to tell for how long tokens go without their claims. */
  cases: number;
  /** What a person should know. Never holds a customizer's text. */
  log: (line: string) => void;
  env?: NodeJS.ProcessEnv;
}

/** A tenant that lends its customizers to the suite. */
export interface Session {
  /**
   * Puts everything back as it was, checks that it is, byte for byte, and removes the backup.
   *
   * @throws {Error} when that failed; the backup stays, and the next run tries again first.
   */
  restore(): Promise<void>;
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

const restoreFrom = async (backup: Backup, texts: CustomizerTexts, path: string): Promise<void> => {
  const restoreOne = async (tokenType: TokenType): Promise<void> => {
    const original = backup.customizers[tokenType];
    if ((await texts.read(tokenType)) === original) return;
    await texts.write(tokenType, original);
    if ((await texts.read(tokenType)) !== original)
      throw new Error(`the ${tokenType} customizer does not read back as it was`);
  };
  try {
    for (const tokenType of tokenTypes) await withRetries(() => restoreOne(tokenType));
  } catch (cause) {
    throw new Error(
      `Could not put back the customizers of ${backup.endpoint}: ${(cause as Error).message}. They are kept in ${path}; the next run restores them first.`,
      { cause },
    );
  }
  await removeBackup(path);
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
 * @throws {RefusedRunError} when there are customizers and `allowOverwrite` is false.
 */
export const openSession = async (options: SessionOptions): Promise<Session> => {
  const { endpoint, getToken, allowOverwrite, log } = options;
  const texts = customizerTexts(endpoint, getToken);
  const path = backupPath(endpoint, options.env);
  const leftover = await loadBackup(path);
  if (leftover !== undefined) {
    log(`An earlier run did not end (${leftover.savedAt}): putting back the customizers kept in ${path}.`);
    await restoreFrom(leftover, texts, path);
  }
  const customizers = await readAll(texts, endpoint);
  // Measured on a connection and a token that exist: the reads above paid for both.
  const started = performance.now();
  await texts.read('access-token');
  const seconds = ((performance.now() - started) / 1000) * requestsPerCase * options.cases;
  const existing = tokenTypes.filter((tokenType) => customizers[tokenType] !== null);
  const duration = `about ${Math.max(1, Math.ceil(seconds))} s`;
  if (existing.length > 0 && !allowOverwrite)
    throw new RefusedRunError(
      `${endpoint} has customizers (${existing.join(', ')}). While the suite runs, ${duration}, tokens are issued without their claims. Allow it with --allow-overwrite (or CONTRACT_ALLOW_OVERWRITE=1), better on a tenant for tests.`,
    );
  const backup: Backup = { endpoint, savedAt: new Date().toISOString(), customizers };
  await saveBackup(path, backup);
  log(`The customizers of ${endpoint} are kept in ${path} until they are put back.`);
  if (existing.length > 0)
    log(`For ${duration} tokens are issued without the claims of: ${existing.join(', ')}.`);
  return { restore: () => restoreFrom(backup, texts, path) };
};
