import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutation } from './handling.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the client, to be changed. */
export interface ClientCopy {
  /** Its `index.ts`. */
  readonly path: string;
  remove(): void;
}

/**
 * A copy of the client that lacks something.
 *
 * @throws {Error} when the source has the mutation's text not once: the mutation has to follow the source
 */
export const copyClient = (mutations: readonly Mutation[]): ClientCopy => {
  const project = mkdtempSync(join(tmpdir(), 'client-mutant-'));
  const remove = (): void => rmSync(project, { recursive: true });
  try {
    cpSync(join(root, 'src/client'), join(project, 'src/client'), {
      recursive: true,
      filter: (source) => !/\.(test|test-d|test-helper)\.ts$/.test(source),
    });
    cpSync(join(root, 'generated'), join(project, 'generated'), { recursive: true });
    cpSync(join(root, 'package.json'), join(project, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
    for (const { file, from, to } of mutations) {
      const path = join(project, 'src/client', file);
      const parts = readFileSync(path, 'utf8').split(from);
      if (parts.length !== 2) {
        throw new Error(`src/client/${file} has ${parts.length - 1} times, not once: ${from}`);
      }
      writeFileSync(path, parts.join(to));
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { path: join(project, 'src/client/index.ts'), remove };
};
