import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What every command of the package exits with. */
export const exitCodes = {
  good: 0,
  /** A problem was found, for example a case that failed. */
  finding: 1,
  wrongUse: 2,
  /** Nothing ran, a tenant could not be reached, or the run was interrupted. */
  undecided: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command of `logto-jwt-customizer`, a file each. */
export interface Command {
  /** One line for the list of commands. */
  summary: string;
  help: string;
  /**
   * @param args What follows the command's name.
   * @throws {UsageError} when the arguments are wrong.
   */
  run(args: string[]): Promise<ExitCode>;
}

/** The command was called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * `parseArgs` of Node, strict.
 *
 * @throws {UsageError} for arguments that do not fit
 */
export const parseArguments = <const T extends ParseArgsConfig>(config: T) => {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

export const wholeNumber = (option: string, value: string, least: number, most: number): number => {
  const number = Number(value);
  if (!/^-?\d+$/.test(value) || number < least || number > most)
    throw new UsageError(`${option} takes a whole number from ${least} to ${most}, not ${value}`);
  return number;
};

/**
 * A release of Logto, `1.42` or `1.42.0`, as `1.42`.
 *
 * @param range The oldest and the newest one that the command knows.
 */
export const releaseNamed = (value: string, range?: readonly [oldest: string, newest: string]): string => {
  const [, release, minor] = /^(1\.(\d+))(?:\.\d+)?$/.exec(value) ?? [];
  const [oldest, newest] = (range ?? []).map((one) => Number(one.slice(2)));
  if (release === undefined || Number(minor) < (oldest ?? 0) || Number(minor) > (newest ?? Number(minor)))
    throw new UsageError(
      `--release takes a release of Logto${range === undefined ? '' : ` from ${range.join(' to ')}`}, for example 1.42, not ${value}`,
    );
  return release;
};

export const oneOf = <T extends string>(option: string, values: readonly T[], value: string): T => {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${option} takes one of ${values.join(', ')}, not ${value}`);
  return found;
};

/** What a run of the suite exits with, or reports of several. */
export const exitCodeOf = (verdict: string): ExitCode =>
  verdict === 'passed' ? exitCodes.good : verdict === 'failed' ? exitCodes.finding : exitCodes.undecided;

/**
 * Aborts when a person (Ctrl-C, a closed terminal) or a machine ends the command. Further signals change nothing: who
 * presses Ctrl-C twice must not leave behind what the command is about to clean up.
 *
 * @param said What is printed at each signal.
 */
export const untilSignal = (said: string): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const)
    process.on(signal, () => {
      console.error(said);
      controller.abort(signal);
    });
  return controller.signal;
};

/**
 * Aborts when the process would end by a mistake of ours, or because its output cannot be written (`| head`, a full
 * disk): it lives on, to clean up.
 *
 * @param said What is printed then, after the reason.
 */
export const untilBroken = (said: string): AbortSignal => {
  const controller = new AbortController();
  const end = (why: string) => (error: Error) => {
    if (controller.signal.aborted) return;
    controller.abort(error);
    console.error(`${why} (${(error as NodeJS.ErrnoException).code ?? error.stack}): ${said}`);
  };
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', end('The output cannot be written'));
  process.on('uncaughtException', end('Internal error, please report it'));
  return controller.signal;
};

export const isInstalled = (name: string): boolean => {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
};

/**
 * Optional peer dependencies that a command cannot do without.
 *
 * @param file What each is found by, for packages that have nothing to import.
 * @throws {UsageError} in one line, with the command that adds them.
 */
export const requirePeers = (peers: readonly string[], file = ''): void => {
  const missing = peers.filter((peer) => !isInstalled(peer + file));
  if (missing.length > 0)
    throw new UsageError(
      `${missing.join(' and ')} cannot be found. Add it with: npm install --save-dev ${missing.join(' ')}`,
    );
};

export const joseName = 'jose';
export const prismName = '@stoplight/prism-http';
