import type { ExitCode } from './exit-codes.ts';

/** A command of `logto-jwt-customizer`, a file each. */
export interface Command {
  /** What `--help` prints. */
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

/** An optional peer dependency is not installed. */
export class MissingPeerError extends Error {
  override readonly name = 'MissingPeerError';
}

/** Aborts when a person (Ctrl-C) or a machine ends the command. A second signal ends it at once. */
export const untilSignal = (): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      controller.abort(signal);
    });
  return controller.signal;
};

/** Imports what needs an optional peer dependency; says in one line how to add it when it is absent. */
export const withPeers = async <T>(peers: readonly string[], load: () => Promise<T>): Promise<T> => {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = peers.find((peer) => message.includes(`'${peer}`));
    if (code !== 'ERR_MODULE_NOT_FOUND' || missing === undefined) throw error;
    throw new MissingPeerError(
      `${missing} is not installed. Add it with: npm install --save-dev ${peers.join(' ')}`,
    );
  }
};
