#!/usr/bin/env node
import { version } from '../../generated/version.js';
import { printable } from '../client/printable.ts';
import { type Command, exitCodes, UsageError } from './command.ts';

/** Each loads much that the others do not need. */
const commands: Record<string, () => Promise<Command>> = {
  check: async () => (await import('./check.ts')).check,
  contract: async () => (await import('./contract.ts')).contract,
  diff: async () => (await import('./diff.ts')).diff,
  drift: async () => (await import('./drift.ts')).drift,
  init: async () => (await import('./init.ts')).init,
  mock: async () => (await import('./mock.ts')).mock,
  pull: async () => (await import('./pull.ts')).pull,
  push: async () => (await import('./push.ts')).push,
  report: async () => (await import('./report.ts')).report,
  rollback: async () => (await import('./rollback.ts')).rollback,
  rules: async () => (await import('./rules.ts')).rules,
  run: async () => (await import('./run.ts')).runCommand,
  status: async () => (await import('./status.ts')).status,
};

const usage = async (): Promise<string> => {
  const lines = Object.entries(commands).map(
    async ([name, load]) => `  ${name.padEnd(10)} ${(await load()).summary}`,
  );
  return `Usage: logto-jwt-customizer COMMAND [options]

${(await Promise.all(lines)).join('\n')}

logto-jwt-customizer COMMAND --help explains a command.
Exit codes: 0 success, 1 problem found, 2 usage error, 3 inconclusive.`;
};

const main = async ([name, ...args]: string[]): Promise<number> => {
  if (name === '--version') {
    console.log(version);
    return exitCodes.good;
  }
  if (name === undefined || ['--help', '-h', 'help'].includes(name)) {
    console.log(await usage());
    return name === undefined ? exitCodes.wrongUse : exitCodes.good;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined)
    throw new UsageError(`there is no command ${name}; the commands are ${Object.keys(commands).join(', ')}`);
  const command = await load();
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help);
    return exitCodes.good;
  }
  return command.run(args);
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { name, message } = error as Error;
  console.error(`logto-jwt-customizer: ${printable(message)}`);
  // By their names: the modules of the others are not loaded for every command.
  const isWrongUse = ['UsageError', 'ConfigError', 'RefusedRunError', 'InvalidOptionError'].includes(name);
  process.exitCode = isWrongUse ? exitCodes.wrongUse : exitCodes.undecided;
}
