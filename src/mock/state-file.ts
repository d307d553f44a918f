import { open, readFile, rename, rm } from 'node:fs/promises';
import type { Customizers } from '../tenant/index.ts';
import { parseCustomizersFile } from './json-file.ts';

/** Where a mock keeps its customizers over restarts. */
export interface StateFile {
  /**
   * What was kept; nothing when there is no file yet.
   *
   * @throws {Error} of one line, when it cannot be read or is no JSON
   */
  read(): Promise<unknown>;
  /**
   * Keeps it whole: whoever reads the file, or ends the process, finds the old state or the new one.
   *
   * @throws {Error} of one line, when it cannot be written
   */
  write(customizers: Customizers): Promise<void>;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/** A file of JSON that only its owner may read: it holds the values of environment variables. */
export const createStateFile = (path: string): StateFile => {
  let last: Promise<void> = Promise.resolve();
  const replace = async (text: string): Promise<void> => {
    const draft = `${path}.${process.pid}.tmp`;
    try {
      // Of a process that was killed, or a link that somebody planted: nothing is written through it.
      await rm(draft, { force: true });
      const file = await open(draft, 'wx', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw new Error(`${path} cannot be written (${codeOf(error)}); give another file`);
    }
  };
  return {
    read: async () => {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw new Error(`${path} cannot be read (${codeOf(error)}); give another file`);
      });
      if (text === undefined) return undefined;
      try {
        return parseCustomizersFile(text);
      } catch (error) {
        throw new Error(`${path} ${(error as Error).message}; give another file, or remove it to start anew`);
      }
    },
    write: (customizers) => {
      const text = `${JSON.stringify(customizers, null, 2)}\n`;
      last = last.catch(() => {}).then(() => replace(text));
      return last;
    },
  };
};
