#!/usr/bin/env node
import { type Command, MissingPeerError, UsageError } from './command.ts';
import { contract } from './contract.ts';
import { exitCodes } from './exit-codes.ts';
import { mock } from './mock.ts';
import { rules } from './rules.ts';

const commands: Record<string, Command> = { contract, mock, rules };

const usage = `Usage: logto-jwt-customizer COMMAND [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join('\n')}

logto-jwt-customizer COMMAND --help explains a command.
Exit codes: 0 good, 1 a finding, 2 wrong use, 3 could not be decided.`;

const main = async ([name, ...args]: string[]): Promise<number> => {
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(usage);
    return name === undefined ? exitCodes.wrongUse : exitCodes.good;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new UsageError(`there is no command ${name}; there are ${Object.keys(commands).join(', ')}`);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help);
    return exitCodes.good;
  }
  return command.run(args);
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`logto-jwt-customizer: ${(error as Error).message}`);
  process.exitCode =
    error instanceof UsageError || error instanceof MissingPeerError
      ? exitCodes.wrongUse
      : exitCodes.undecided;
}
