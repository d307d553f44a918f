import { resolve } from 'node:path';
import type { CliOptions, createCLI, parseCLI } from 'vitest/node';
import { mostShards, readShard, type Shard } from '../report/index.ts';
import { RefusedRunError } from '../session/index.ts';

type VitestCli = { createCLI: typeof createCLI; parseCLI: typeof parseCLI };

export interface VitestArguments {
  filter: string[];
  /** Without the reporters. */
  options: CliOptions;
  /** Those that a person asked for; on GitHub Actions without asking the one that annotates, as vitest has it. */
  reporters: string[];
  /** Whether one of them writes on the terminal what becomes of each case. */
  tells: boolean;
  shard: Shard | undefined;
}

/** Reporters that leave the terminal alone. */
const silent = ['blob', 'github-actions', 'html', 'json', 'junit'];

/** Where these write when they are given no file: below vitest's root, which is in the package, or rather here. */
const usualFiles = new Map([
  ['json', '.vitest/json/output.json'],
  ['junit', '.vitest/junit/output.xml'],
]);

const shardOf = (text: unknown): Shard | undefined => {
  if (text === undefined) return undefined;
  const shard = readShard(String(text));
  if (shard === undefined)
    throw new RefusedRunError(
      `--shard takes INDEX/COUNT, for example 1/3, not ${String(text)}; COUNT is ${mostShards} at most`,
    );
  return shard;
};

/** vitest takes a path as relative to its root, which is in the package; a person means the folder they are in. */
const inThisFolder = (outputFile: CliOptions['outputFile'], asked: readonly string[]) => {
  if (typeof outputFile === 'string') return { outputFile: resolve(outputFile) };
  const usual = [...usualFiles].filter(([name]) => asked.includes(name));
  const files = Object.entries({ ...Object.fromEntries(usual), ...outputFile });
  return files.length === 0
    ? {}
    : { outputFile: Object.fromEntries(files.map(([name, path]) => [name, resolve(path)])) };
};

/** The option as it was typed: the parser drops a leading `no-` and the dashes. */
const asTyped = (args: readonly string[], name: string): string =>
  args.find((arg) => arg.replaceAll('-', '').split('=')[0]?.toLowerCase().endsWith(name.toLowerCase())) ??
  `--${name}`;

/**
 * What a person gave for vitest, as its own command reads it.
 *
 * @throws {RefusedRunError} for an option that vitest does not have: it would be ignored in silence.
 */
export const readVitestArguments = (cli: VitestCli, args: readonly string[]): VitestArguments => {
  const { filter, options } = cli.parseCLI(['vitest', 'run', ...args]);
  const { globalCommand } = cli.createCLI();
  const unknown = Object.keys(options).find(
    (name) => !['--', 'run'].includes(name) && !globalCommand.hasOption(name),
  );
  if (unknown !== undefined)
    throw new RefusedRunError(
      `neither this command nor vitest has the option ${asTyped(args, unknown)} (see --help)`,
    );
  const { reporter, reporters, outputFile, ...rest } = options as CliOptions & { reporter?: string[] };
  const asked = [reporter ?? (reporters as string[]) ?? []].flat();
  return {
    filter,
    options: { ...rest, ...inThisFolder(outputFile, asked) },
    reporters: asked.length > 0 || process.env['GITHUB_ACTIONS'] !== 'true' ? asked : ['github-actions'],
    tells: asked.some((name) => !silent.includes(name)),
    shard: shardOf(rest.shard),
  };
};
