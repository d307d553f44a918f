import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { RefusedRunError } from '../refused-run-error.ts';

export const reportFormats = ['html', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportFile {
  format: ReportFormat;
  path: string;
}

/** The file of a report when nobody names another; in the working directory. */
export const defaultReportFile = (format: ReportFormat): string => `contract-report.${format}`;

const temporaryOf = (path: string): string => `${path}.${process.pid}.tmp`;

const writeText = async (path: string, text: string): Promise<void> => {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
};

/** A file that a report will be written to, whole or not at all. */
export interface ReportPlace {
  /** @throws {Error} that names the file. */
  write(text: string): Promise<void>;
}

const reasonOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? (error as Error).message;

/**
 * Makes sure that the file can be written, its folder made if there is none, and takes away what an earlier run wrote
 * there: what stands there afterwards is of this run, or nothing.
 *
 * @throws {RefusedRunError} when it cannot be written.
 */
export const prepareFile = async (path: string): Promise<ReportPlace> => {
  const file = resolve(path);
  const temporary = temporaryOf(file);
  try {
    await mkdir(dirname(file), { recursive: true });
    const present = await stat(file).catch(() => undefined);
    if (present?.isDirectory()) throw new Error('it is a folder');
    await writeText(temporary, '');
    await rm(temporary);
    if (present?.isFile()) await rm(file);
  } catch (error) {
    throw new RefusedRunError(`the report ${path} cannot be written: ${reasonOf(error)}`);
  }
  return {
    write: async (text) => {
      try {
        await writeText(temporary, text);
        await rename(temporary, file);
      } catch (cause) {
        await rm(temporary, { force: true });
        throw new Error(`the report ${path} could not be written: ${reasonOf(cause)}`, { cause });
      }
    },
  };
};
