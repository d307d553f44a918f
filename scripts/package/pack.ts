import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

export const root = resolve(import.meta.dirname, '../..');

/**
 * Builds and packs the package like `npm publish`. In CI, an earlier step has done so, and `TARBALL` is the path.
 *
 * @param folder - the existing folder for the tarball
 * @returns the tarball's path
 */
export const pack = async (folder: string): Promise<string> => {
  const packed = process.env['TARBALL'];
  if (packed !== undefined) return packed;
  const { stdout } = await promisify(execFile)('npm', ['pack', '--pack-destination', folder], { cwd: root });
  return join(folder, stdout.trim().split('\n').at(-1) ?? '');
};

declare module 'vitest' {
  interface ProvidedContext {
    tarball: string;
  }
}

/** Vitest's global setup: packs once for all test files of a project, which get the path with `inject('tarball')`. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'packed-'));
  provide('tarball', await pack(folder));
  return () => rm(folder, { recursive: true });
};
