import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

let isBuilt = false;

/** Makes `dist/` once a run. */
export const build = (): void => {
  if (isBuilt) return;
  execFileSync(process.execPath, [join(root, 'scripts/build.ts')], { stdio: 'inherit' });
  isBuilt = true;
};

export interface Project {
  folder: string;
  remove(): void;
}

/** An empty project of somebody who has installed this package, as it is built, and the official client. */
export const makeProject = (): Project => {
  build();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  mkdirSync(join(folder, 'node_modules/@logto'), { recursive: true });
  const link = (target: string, name: string): void =>
    symlinkSync(target, join(folder, 'node_modules', name), 'junction');
  link(root, 'logto-jwt-customizer');
  for (const name of ['@logto/api', 'openapi-fetch', '@types']) link(join(root, 'node_modules', name), name);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
};
