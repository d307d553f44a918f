/** Parses the command-line options of our scripts. */
import { randomInt } from 'node:crypto';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Ends the process with exit code 2, a usage error. */
export const usageError = (message: string, usage = ''): never => {
  console.error([message, usage].filter(Boolean).join('\n'));
  process.exit(2);
};

/** @param usage - a line for each option */
export const readOptions = <Options extends NonNullable<ParseArgsConfig['options']>>(
  options: Options,
  usage?: string,
) => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return usageError((error as Error).message, usage);
  }
};

/** Reads `--seed`, an integer or `random`, and `--runs` for fast-check. */
export const readRandom = (values: { seed: string; runs: string }): { seed: number; runs: number } => {
  const seed = values.seed === 'random' ? randomInt(2 ** 31) : Number(values.seed);
  const runs = Number(values.runs);
  if (!Number.isInteger(seed) || !Number.isInteger(runs) || runs < 1)
    usageError('--seed must be an integer or "random", and --runs an integer of at least 1');
  return { seed, runs };
};
