import type { CliOptions, createCLI, parseCLI } from 'vitest/node';
import { mostShards, readShard, type Shard } from '../report/index.ts';
import { RefusedRunError } from '../session/index.ts';

type VitestCli = { createCLI: typeof createCLI; parseCLI: typeof parseCLI };

/** Reporters that leave the terminal alone. */
const silent = ['blob', 'github-actions', 'html', 'json', 'junit'];

const shardOf = (text: unknown): Shard | undefined => {
  const shard = text === undefined ? undefined : readShard(String(text));
  if (text !== undefined && shard === undefined)
    throw new RefusedRunError(
      `--shard takes INDEX/COUNT, for example 1/3, not ${String(text)}; COUNT is ${mostShards} at most`,
    );
  return shard;
};

/** The option as it was typed: the parser drops a leading `no-` and the dashes. */
const asTyped = (args: readonly string[], name: string): string =>
  args.find((arg) => arg.replaceAll('-', '').split('=')[0]?.toLowerCase().endsWith(name.toLowerCase())) ??
  `--${name}`;

/**
 * What a person gave for vitest, as its own command reads it: the reporters apart (on GitHub Actions without asking the
 * one that annotates, as vitest has it), and whether one of them writes on the terminal what becomes of each case.
 *
 * @throws {RefusedRunError} for an option that vitest does not have: it would be ignored in silence.
 */
export const readVitestArguments = (cli: VitestCli, args: readonly string[]) => {
  const { filter, options } = cli.parseCLI(['vitest', 'run', ...args]);
  const { globalCommand } = cli.createCLI();
  const unknown = Object.keys(options).find(
    (name) => !['--', 'run'].includes(name) && !globalCommand.hasOption(name),
  );
  if (unknown !== undefined)
    throw new RefusedRunError(
      `neither this command nor vitest has the option ${asTyped(args, unknown)} (see --help)`,
    );
  const { reporter, reporters, ...rest } = options as CliOptions & { reporter?: string[] };
  const asked = [reporter ?? (reporters as string[]) ?? []].flat();
  return {
    filter,
    options: rest as CliOptions,
    reporters: asked.length > 0 || process.env['GITHUB_ACTIONS'] !== 'true' ? asked : ['github-actions'],
    tells: asked.some((name) => !silent.includes(name)),
    shard: shardOf(rest.shard),
  };
};
