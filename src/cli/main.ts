#!/usr/bin/env node
import { type Command, MissingPeerError, UsageError, withPeers } from './command.ts';
import { exitCodes } from './exit-codes.ts';

const peers = ['@stoplight/prism-http', '@stoplight/prism-core', 'vitest'];

/** A command is loaded when it is called: what it needs may not be installed. */
const commands: Record<string, { summary: string; load: () => Promise<Command> }> = {
  contract: {
    summary: 'run the contract suite on the mock, the recordings and a live tenant',
    load: async () => (await withPeers(peers, () => import('./contract.ts'))).contract,
  },
  mock: {
    summary: "serve Logto's JWT customizer API for development",
    load: async () => (await withPeers(peers.slice(0, 2), () => import('./mock.ts'))).mock,
  },
};

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
  const { help, run } = await command.load();
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help);
    return exitCodes.good;
  }
  return run(args);
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
