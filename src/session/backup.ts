import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { TokenType } from '../../generated/types.d.ts';
import { tokenTypes } from '../client/call/engine.ts';
import { isRecord } from '../client/json.ts';
import { hasText } from './customizers.ts';
import { RefusedRunError } from './errors.ts';

/** A tenant's customizers as they were, each as the text of GET's response; `null` for one that did not exist. */
export interface Backup {
  endpoint: string;
  /** ISO 8601. */
  savedAt: string;
  customizers: Record<TokenType, string | null>;
  /** Whether the run stores scripts as the cases write them, which others may store as well. */
  asWritten?: boolean;
}

/**
 * Where programs keep state for a user: `XDG_STATE_HOME`, else the platform's custom. An empty or relative path counts
 * as none (XDG Base Directory Specification): it would name another folder for each working directory.
 */
const stateFolder = (env: NodeJS.ProcessEnv): string => {
  const candidates = [env['XDG_STATE_HOME'], platform() === 'win32' ? env['LOCALAPPDATA'] : undefined];
  const base = candidates.find((path) => path !== undefined && isAbsolute(path));
  return join(base ?? join(homedir(), '.local', 'state'), 'logto-jwt-customizer');
};

/** The file of a tenant's backup: one for each endpoint. */
export const backupPath = (endpoint: string, env: NodeJS.ProcessEnv = process.env): string =>
  join(stateFolder(env), `${createHash('sha256').update(endpoint).digest('hex').slice(0, 16)}.json`);

const syncFolderOf = async (path: string): Promise<void> => {
  // Windows cannot open a folder; there the rename is all there is.
  if (platform() === 'win32') return;
  const handle = await open(dirname(path), 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Nothing on Windows, where files have no such owner or mode. */
const ownUserId = process.getuid?.();

/**
 * Makes the folder, for its owner alone.
 *
 * @throws {RefusedRunError} when it is somebody else's or others may write to it: they could put a backup there.
 */
export const prepareFolder = async (path: string): Promise<void> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = await stat(folder);
  if (ownUserId === undefined || (uid === ownUserId && (mode & 0o022) === 0)) return;
  throw new RefusedRunError(
    `${folder} keeps the backups of customizers and ${uid === ownUserId ? 'others may write to it' : 'belongs to another user'}. Run chmod 700 on a folder of your own, or set XDG_STATE_HOME to the absolute path of another one.`,
  );
};

/** Writes the whole file or nothing, for its owner alone: a customizer may hold secrets. */
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
  const { savedAt, customizers, asWritten = false } = value;
  return (
    typeof savedAt === 'string' &&
    !Number.isNaN(Date.parse(savedAt)) &&
    typeof asWritten === 'boolean' &&
    isRecord(customizers) &&
    Object.keys(customizers).length === tokenTypes.length &&
    tokenTypes.every((type) => customizers[type] === null || hasText(customizers[type], 'script'))
  );
};

/** What is wrong with a file that should be a backup of ours; nothing when it may be read. */
const flawOf = async (handle: FileHandle): Promise<string | undefined> => {
  const found = await handle.stat();
  if (!found.isFile()) return 'is no file';
  if (ownUserId === undefined) return undefined;
  if (found.uid !== ownUserId) return 'belongs to another user';
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
  return mode === '0600' ? undefined : `has the mode ${mode} in place of 0600`;
};

/** The backup of that tenant; a text that says what is wrong with the file; nothing when there is none. */
const readBackup = async (path: string, endpoint: string): Promise<Backup | string | undefined> => {
  let handle: FileHandle | undefined;
  try {
    // A link, or a pipe without a writer, would lead or wait somewhere else.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    handle = await open(path, flags);
    const flaw = await flawOf(handle);
    if (flaw !== undefined) return flaw;
    const backup: unknown = JSON.parse(await handle.readFile('utf8'));
    if (!isBackup(backup)) return 'has another shape';
    return backup.endpoint === endpoint ? backup : `is of ${backup.endpoint}`;
  } catch (error) {
    // Without the parser's words, which quote the text: it may hold secrets.
    if (error instanceof SyntaxError) return 'is no JSON';
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP') return 'is a link';
    if (code === 'EACCES') return 'cannot be read by this user';
    throw error;
  } finally {
    await handle?.close();
  }
};

/**
 * The tenant's backup in the file; nothing when there is none.
 *
 * @throws {RefusedRunError} when the file is not one that a run of this user wrote for this tenant: what somebody
 * else put there is never sent anywhere.
 */
export const loadBackup = async (path: string, endpoint: string): Promise<Backup | undefined> => {
  const backup = await readBackup(path, endpoint);
  if (typeof backup !== 'string') return backup;
  throw new RefusedRunError(
    `${path} should be the backup of the customizers of ${endpoint}, but ${backup}. Nothing of it is sent. Look into it: if it is yours, put back by hand what it holds; then remove it.`,
  );
};

export const removeBackup = async (path: string): Promise<void> => {
  await rm(path, { force: true });
  await syncFolderOf(path);
};

/** Puts the backup aside, where no later run restores it, and returns the path. */
export const keepBackup = async (path: string): Promise<string> => {
  const kept = path.replace(/\.json$/, `.kept-${new Date().toISOString().replaceAll(':', '-')}.json`);
  await rename(path, kept);
  await syncFolderOf(path);
  return kept;
};
