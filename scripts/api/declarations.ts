import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** An entry of the package that has types. */
export interface Entry {
  /** As in `exports`, for example `./raw`. */
  subpath: string;
  /** Its declarations, relative to the package, for example `./dist/src/client/raw.d.ts`. */
  types: string;
}

interface Manifest {
  name: string;
  version: string;
  dependencies?: object;
  peerDependencies?: object;
  exports: Record<string, string | { types?: string }>;
}

const readManifest = async (): Promise<Manifest> =>
  JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;

/** The entries of `exports` that have types. */
export const readEntries = async (): Promise<Entry[]> =>
  Object.entries((await readManifest()).exports).flatMap(([subpath, target]) =>
    typeof target === 'object' && target.types !== undefined ? [{ subpath, types: target.types }] : [],
  );

/** A copy of the declarations, in a separate folder. */
export interface Declarations {
  folder: string;
  /** The folder in it where the package is installed. */
  installed: string;
  remove(): Promise<void>;
}

/**
 * Copies the declarations of `dist/`. In the copy, the document's types come from the installed package's entry `./types`,
 * so that the reports of the other entries do not repeat the document.
 *
 * @param change - applied to the text of each file
 */
export const copyDeclarations = async (change = (text: string) => text): Promise<Declarations> => {
  const { name, version, dependencies, peerDependencies } = await readManifest();
  const folder = await mkdtemp(join(tmpdir(), 'declarations-'));
  const installed = join(folder, 'node_modules', name);
  const copy = (edit: (text: string) => string) => async (file: string, target: string) => {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, edit(await readFile(join(root, file), 'utf8')));
  };
  const same = copy((text) => text);
  const rewritten = copy((text) =>
    change(text).replace(/'(?:\.\/|(?:\.\.\/)+generated\/)types\.d\.ts'/g, `'${name}/types'`),
  );

  await same('package.json', join(installed, 'package.json'));
  await same('dist/generated/types.d.ts', join(installed, 'dist/generated/types.d.ts'));
  // Without `exports`, since the package would otherwise resolve to itself, not to the installed one.
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version, type: 'module' }));
  for (const file of await readdir(join(root, 'dist'), { recursive: true }))
    if (file.endsWith('.d.ts')) await rewritten(join('dist', file), join(folder, 'dist', file));
  for (const dependency of [...Object.keys({ ...dependencies, ...peerDependencies }), '@types/node']) {
    const link = join(folder, 'node_modules', dependency);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', dependency), link);
  }
  return { folder, installed, remove: () => rm(folder, { recursive: true }) };
};
