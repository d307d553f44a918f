import type { Stats } from 'node:fs';
import { lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { RefusedRunError } from '../session/index.ts';

export const reportFormats = ['html', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportFile {
  format: ReportFormat;
  path: string;
}

/** The file of a report when nobody names another; in the working directory. */
export const defaultReportFile = (format: ReportFormat): string => `contract-report.${format}`;

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

const present = (path: string): Promise<Stats | undefined> => lstat(path).catch(() => undefined);

/**
 * Makes sure that the file can be written, its folder made if there is none, and takes away what an earlier run wrote
 * there: what stands there afterwards is of this run, or nothing. What is no plain file, such as a link or `/dev/stdout`,
 * stays and is written through.
 *
 * @throws {RefusedRunError} when it cannot be written.
 */
export const prepareFile = async (path: string): Promise<ReportPlace> => {
  const file = resolve(path);
  let written = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const found = await present(file);
    if (found !== undefined && (await stat(file).catch(() => found)).isDirectory())
      throw new Error('it is a folder');
    if (found === undefined || found.isFile()) {
      await writeText(written, '');
      await rm(written);
      await rm(file, { force: true });
    } else written = file;
  } catch (error) {
    throw new RefusedRunError(`the report ${path} cannot be written: ${reasonOf(error)}`);
  }
  return {
    write: async (text) => {
      try {
        await writeText(written, text);
        if (written !== file) await rename(written, file);
      } catch (cause) {
        if (written !== file) await rm(written, { force: true });
        throw new Error(`the report ${path} could not be written: ${reasonOf(cause)}`, { cause });
      }
    },
  };
};
