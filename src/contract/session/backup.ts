import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { dirname, join } from 'node:path';
import type { TokenType } from '../../../generated/types.d.ts';
import type { Environment } from '../environment.ts';

/** A tenant's customizers as they were, each as the text that GET answered; `null` for one that did not exist. */
export interface Backup {
  endpoint: string;
  /** ISO 8601. */
  savedAt: string;
  customizers: Record<TokenType, string | null>;
  /** Whether the run stores scripts as the cases write them, which others may store as well. */
  asWritten?: boolean;
}

/** Where programs keep state for a user: `XDG_STATE_HOME`, else the platform's custom. */
const stateFolder = (env: Environment): string => {
  const base =
    env['XDG_STATE_HOME'] ??
    (platform() === 'win32' ? env['LOCALAPPDATA'] : undefined) ??
    join(homedir(), '.local', 'state');
  return join(base, 'logto-jwt-customizer');
};

/** The file of a tenant's backup: one for each endpoint. */
export const backupPath = (endpoint: string, env: Environment = process.env): string =>
  join(stateFolder(env), `${createHash('sha256').update(endpoint).digest('hex').slice(0, 16)}.json`);

const syncFolder = async (folder: string): Promise<void> => {
  // Windows cannot open a folder; there the rename is all there is.
  if (platform() === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Writes the whole file or nothing, for its owner alone: a customizer may hold secrets. */
export const saveBackup = async (path: string, backup: Backup): Promise<void> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
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
  await syncFolder(folder);
};

/**
 * The backup in the file; nothing when there is none.
 *
 * @throws {Error} when the file is no backup.
 */
export const loadBackup = async (path: string): Promise<Backup | undefined> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const backup = JSON.parse(text) as Backup;
    if (typeof backup.endpoint === 'string' && typeof backup.customizers === 'object') return backup;
  } catch {
    // Said below, without the text: it may hold secrets.
  }
  throw new Error(
    `${path} should be the backup of a tenant's customizers and cannot be read. Look into it, restore by hand what it holds, then remove it.`,
  );
};

export const removeBackup = async (path: string): Promise<void> => {
  await rm(path, { force: true });
  await syncFolder(dirname(path));
};

/** Puts the backup aside, where no later run restores it. Answers where. */
export const keepBackup = async (path: string): Promise<string> => {
  const kept = path.replace(/\.json$/, `.kept-${new Date().toISOString().replaceAll(':', '-')}.json`);
  await rename(path, kept);
  await syncFolder(dirname(path));
  return kept;
};
