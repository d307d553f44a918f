import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** One text replacement in a source file. */
export interface Mutation {
  /** Its path in `src/client/`. */
  readonly file: string;
  /** Must occur exactly once. */
  readonly from: string;
  readonly to: string;
}

/** A way in which the client handles faults, and how to remove it. */
export interface Handling {
  /** Completes "The client …". */
  readonly what: string;
  /** Without it, healthy calls still work, and its proofs fail. */
  readonly mutations: readonly Mutation[];
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** All handlings of the client, by name. */
export const handlings = parse(readFileSync(new URL('handlings.yaml', import.meta.url), 'utf8')) as Readonly<
  Record<string, Handling>
>;

/**
 * The files changed by the mutations, with their new content, by their path in `src/client/`.
 *
 * @throws {Error} when a mutation's text does not occur exactly once: update the mutation to match the source
 */
export const mutatedFiles = (mutations: readonly Mutation[]): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  for (const { file, from, to } of mutations) {
    const text = files.get(file) ?? readFileSync(join(root, 'src/client', file), 'utf8');
    const parts = text.split(from);
    if (parts.length !== 2)
      throw new Error(`src/client/${file} has ${parts.length - 1} times, not once: ${from}`);
    files.set(file, parts.join(to));
  }
  return files;
};

/** A copy of the client without some handlings. `path` is its `index.ts`. */
export const copyClient = (mutations: readonly Mutation[]): { path: string; remove(): void } => {
  const files = mutatedFiles(mutations);
  const project = mkdtempSync(join(tmpdir(), 'client-mutant-'));
  cpSync(join(root, 'src/client'), join(project, 'src/client'), {
    recursive: true,
    filter: (source) => !/\.(test|test-d|test-helper)\.ts$/.test(source),
  });
  cpSync(join(root, 'package.json'), join(project, 'package.json'));
  for (const folder of ['generated', 'node_modules'])
    symlinkSync(join(root, folder), join(project, folder), 'junction');
  for (const [file, text] of files) writeFileSync(join(project, 'src/client', file), text);
  return { path: join(project, 'src/client/index.ts'), remove: () => rmSync(project, { recursive: true }) };
};
