import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const root = resolve(import.meta.dirname, '../..');

/**
 * Builds and packs the package as `npm publish` would. The gate has done so already: then `TARBALL` is its path.
 *
 * @param folder - where the tarball goes; must exist
 * @returns the tarball's path
 */
export const pack = async (folder: string): Promise<string> => {
  const packed = process.env['TARBALL'];
  if (packed !== undefined) return packed;
  const { stdout } = await promisify(execFile)('npm', ['pack', '--pack-destination', folder], { cwd: root });
  return join(folder, stdout.trim().split('\n').at(-1) ?? '');
};
