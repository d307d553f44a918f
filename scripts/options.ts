/** What a script is called with. */
import { randomInt } from 'node:crypto';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Ends the process with 2, which says that it was called in a way that it does not know. */
export const wrongUse = (message: string, usage = ''): never => {
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
    return wrongUse((error as Error).message, usage);
  }
};

/** `--seed`, a whole number or `random`, and `--runs`, as fast-check takes them. */
export const readRandom = (values: { seed: string; runs: string }): { seed: number; runs: number } => {
  const seed = values.seed === 'random' ? randomInt(2 ** 31) : Number(values.seed);
  const runs = Number(values.runs);
  if (!Number.isInteger(seed) || !Number.isInteger(runs) || runs < 1)
    wrongUse('--seed takes a whole number or "random", --runs a whole number from 1');
  return { seed, runs };
};
