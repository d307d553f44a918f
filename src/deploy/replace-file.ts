import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, writeFile } from 'node:fs/promises';
import { ConfigError } from './errors.ts';

/**
 * Writes a file through a temporary one beside it, so that it has the old text or the new one, whole.
 *
 * @param mode - of a file with secrets: 0o600
 * @throws {ConfigError} if it cannot be written
 */
export const replaceFile = async (file: string, text: string, mode = 0o644): Promise<void> => {
  // Where a link points to, the link stays.
  const target = await realpath(file).catch(() => file);
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx', mode, flush: true });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new ConfigError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
};
