/** Packs the package once for all test files of a vitest project; they take its path with `inject('tarball')`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { pack } from './pack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    tarball: string;
  }
}

export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'packed-'));
  provide('tarball', await pack(folder));
  return () => rm(folder, { recursive: true });
};
