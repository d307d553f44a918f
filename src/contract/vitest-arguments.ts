import type { CliOptions, createCLI, parseCLI } from 'vitest/node';
import { RefusedRunError } from './refused-run-error.ts';

type VitestCli = { createCLI: typeof createCLI; parseCLI: typeof parseCLI };

export interface VitestArguments {
  filter: string[];
  /** Without the reporters. */
  options: CliOptions;
  /** @default ['dot'] */
  reporters: string[];
}

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
    throw new RefusedRunError(`neither this command nor vitest has the option --${unknown} (see --help)`);
  const { reporter, reporters, ...rest } = options as CliOptions & { reporter?: string[] };
  return { filter, options: rest, reporters: [reporter ?? (reporters as string[]) ?? 'dot'].flat() };
};
