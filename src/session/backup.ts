import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { TokenType } from '../../generated/types.d.ts';
import { isTokenType } from '../client/call/engine.ts';
import { isRecord } from '../client/json.ts';
import { hasText } from './customizers.ts';
import { RefusedRunError } from './errors.ts';

/** A tenant's original customizers, each as the text of GET's response; `null` for one that did not exist. */
export interface Backup {
  endpoint: string;
  /** ISO 8601. */
  savedAt: string;
  /** Those that are about to be replaced. */
  customizers: { [T in TokenType]?: string | null };
  /** Whether the run stores the scripts of the cases unchanged, which others may store as well. */
  asWritten?: boolean;
  /** Of a push: the fingerprints of what it stores instead. A run of the suite has none. */
  pushed?: Fingerprints;
}

/** The fingerprints of what may be stored, by token type. */
export type Fingerprints = { [T in TokenType]?: string[] };

/**
 * The user's state folder: `XDG_STATE_HOME`, else the platform's default. An empty or relative path counts as unset (XDG
 * Base Directory Specification), since it would depend on the working directory.
 */
const stateFolder = (env: NodeJS.ProcessEnv): string => {
  const candidates = [env['XDG_STATE_HOME'], platform() === 'win32' ? env['LOCALAPPDATA'] : undefined];
  const base = candidates.find((path) => path !== undefined && isAbsolute(path));
  return join(base ?? join(homedir(), '.local', 'state'), 'logto-jwt-customizer');
};

/** The path of a tenant's backup: one file per endpoint. */
export const backupPath = (endpoint: string, env: NodeJS.ProcessEnv = process.env): string =>
  join(stateFolder(env), `${createHash('sha256').update(endpoint).digest('hex').slice(0, 16)}.json`);

const syncFolderOf = async (path: string): Promise<void> => {
  // Windows cannot open a folder, so the rename has to suffice there.
  if (platform() === 'win32') return;
  const handle = await open(dirname(path), 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** `undefined` on Windows, where files have no such owner or mode. */
const ownUserId = process.getuid?.();

/**
 * Creates the folder, accessible only to its owner.
 *
 * @throws {RefusedRunError} if it cannot be created, belongs to another user or others can write to it: they could put a
 * backup there.
 */
export const prepareFolder = async (path: string): Promise<void> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(({ code }: NodeJS.ErrnoException) => {
    throw new RefusedRunError(
      `${folder}, which is to contain the backups of customizers, cannot be created (${code}). Set XDG_STATE_HOME to the absolute path of a folder that you can write to.`,
    );
  });
  const { uid, mode } = await stat(folder);
  if (ownUserId === undefined || (uid === ownUserId && (mode & 0o022) === 0)) return;
  throw new RefusedRunError(
    `${folder} contains the backups of customizers, but ${uid === ownUserId ? 'other users can write to it' : 'belongs to another user'}. If it is your folder, run chmod 700 on it; otherwise set XDG_STATE_HOME to the absolute path of another one.`,
  );
};

/** Writes the whole file or nothing, readable only by its owner: a customizer may contain secrets. */
export const saveBackup = async (path: string, backup: Backup): Promise<void> => {
  await prepareFolder(path);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(backup, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolderOf(path);
};

const isBackup = (value: unknown): value is Backup => {
  if (!isRecord(value) || typeof value['endpoint'] !== 'string') return false;
  const { savedAt, customizers, asWritten = false, pushed = {} } = value;
  const isText = (text: unknown): boolean => text === null || hasText(text, 'script');
  const isFingerprints = (list: unknown): boolean =>
    Array.isArray(list) && list.every((one) => typeof one === 'string');
  return (
    typeof savedAt === 'string' &&
    !Number.isNaN(Date.parse(savedAt)) &&
    typeof asWritten === 'boolean' &&
    hasTokenTypes(customizers, isText) &&
    Object.keys(customizers).length > 0 &&
    hasTokenTypes(pushed, isFingerprints)
  );
};

const hasTokenTypes = (value: unknown, isValid: (item: unknown) => boolean): value is object =>
  isRecord(value) && Object.entries(value).every(([key, item]) => isTokenType(key) && isValid(item));

/** Why a file cannot be one of our backups; `undefined` if it may be read. */
const flawOf = async (handle: FileHandle): Promise<string | undefined> => {
  const found = await handle.stat();
  if (!found.isFile()) return 'is not a file';
  if (ownUserId === undefined) return undefined;
  if (found.uid !== ownUserId) return 'belongs to another user';
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
  return mode === '0600' ? undefined : `has mode ${mode} instead of 0600`;
};

/** The backup of that tenant; a string if the file is unusable, which says why; `undefined` if there is no file. */
const readBackup = async (path: string, endpoint: string): Promise<Backup | string | undefined> => {
  let handle: FileHandle | undefined;
  try {
    // Do not follow a link, or wait at a pipe without a writer.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    handle = await open(path, flags);
    const flaw = await flawOf(handle);
    if (flaw !== undefined) return flaw;
    const backup: unknown = JSON.parse(await handle.readFile('utf8'));
    if (!isBackup(backup)) return 'does not have the structure of a backup';
    return backup.endpoint === endpoint ? backup : `is the backup of ${backup.endpoint}`;
  } catch (error) {
    // Without the parser's message, which quotes the text: it may contain secrets.
    if (error instanceof SyntaxError) return 'is not JSON';
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'ELOOP') return 'is a symbolic link';
    if (code === 'EACCES') return 'cannot be read by this user';
    throw error;
  } finally {
    await handle?.close();
  }
};

/**
 * Loads the tenant's backup; `undefined` if there is none.
 *
 * @throws {RefusedRunError} if the file is not one that a run of this user wrote for this tenant: content from anyone
 * else is never sent.
 */
export const loadBackup = async (path: string, endpoint: string): Promise<Backup | undefined> => {
  const backup = await readBackup(path, endpoint);
  if (typeof backup !== 'string') return backup;
  throw new RefusedRunError(
    `${path} should be the backup of the customizers of ${endpoint}, but ${backup}. Nothing in it was sent. Open it: if it is yours, restore its customizers yourself; then delete it.`,
  );
};

export const removeBackup = async (path: string): Promise<void> => {
  await rm(path, { force: true });
  await syncFolderOf(path);
};

/** Renames the backup, so that no later run restores it, and returns the new path. */
export const keepBackup = async (path: string): Promise<string> => {
  const kept = path.replace(/\.json$/, `.kept-${new Date().toISOString().replaceAll(':', '-')}.json`);
  await rename(path, kept);
  await syncFolderOf(path);
  return kept;
};

/** The path of what the last completed push to that tenant replaced. */
export const replacedPath = (path: string): string => path.replace(/\.json$/, '.replaced.json');

/** Completes a push: from now on, its backup is what `rollback` restores, and no later run undoes the push. */
export const completeBackup = async (path: string): Promise<string> => {
  await rename(path, replacedPath(path));
  await syncFolderOf(path);
  return replacedPath(path);
};
