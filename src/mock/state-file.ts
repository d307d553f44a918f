import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Customizers } from '../tenant/index.ts';
import { parseCustomizersFile } from './json-file.ts';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

/** A JSON file that only its owner may read, because it contains the values of environment variables. */
export const createStateFile = (path: string) => {
  let last: Promise<void> = Promise.resolve();
  const replace = async (text: string): Promise<void> => {
    const draft = `${path}.${process.pid}.tmp`;
    try {
      // It may be left by a killed process, or be a planted link: never write through it.
      await rm(draft, { force: true });
      await writeFile(draft, text, { flag: 'wx', mode: 0o600, flush: true });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw new Error(`${path} cannot be written (${codeOf(error)}); give another file`);
    }
  };
  return {
    /**
     * The content of the file; `undefined` if it does not exist yet.
     *
     * @throws {Error} with a one-line message, when the file cannot be read or is not valid JSON
     */
    read: async (): Promise<unknown> => {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw new Error(`${path} cannot be read (${codeOf(error)}); give another file`);
      });
      if (text === undefined) return undefined;
      try {
        return parseCustomizersFile(text);
      } catch (error) {
        throw new Error(
          `${path} ${(error as Error).message}; give another file, or remove it to start empty`,
        );
      }
    },
    /**
     * Writes atomically: the file has the old state or the new one, even if the process is killed.
     *
     * @throws {Error} with a one-line message, when the file cannot be written
     */
    write: (customizers: Customizers): Promise<void> => {
      const text = `${JSON.stringify(customizers, null, 2)}\n`;
      last = last.catch(() => {}).then(() => replace(text));
      return last;
    },
  };
};

/** The canonical path of a file, which need not exist yet. */
const identityOf = async (path: string): Promise<string> => {
  const whole = resolve(path);
  const folder = await realpath(dirname(whole)).catch(() => dirname(whole));
  return realpath(whole).catch(() => join(folder, basename(whole)));
};

/**
 * The address on which the holder of a file listens. The system frees it when the process ends, even if it is killed.
 * Platforms without such addresses use a socket file, which can be left over.
 */
const addressOf = (identity: string, platform: string): string => {
  const name = `logto-jwt-customizer-${createHash('sha256').update(identity).digest('hex').slice(0, 32)}`;
  if (platform === 'linux') return `\0${name}`;
  return platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
};

const isLeftOver = async (address: string): Promise<boolean> => {
  const socket = connect(address);
  try {
    await once(socket, 'connect');
    return false;
  } catch (error) {
    return codeOf(error) === 'ECONNREFUSED';
  } finally {
    socket.destroy();
  }
};

/**
 * Locks a file against other mocks on this machine. Containers that share a folder do not see each other's locks.
 *
 * @returns a function that releases the lock; it can be called again
 * @throws {Error} with a one-line message, when another mock holds the lock
 */
export const holdFile = async (
  path: string,
  platform: string = process.platform,
): Promise<() => Promise<void>> => {
  const address = addressOf(await identityOf(path), platform);
  const listen = async () => {
    const server = createServer((socket) => socket.destroy());
    server.listen(address);
    await once(server, 'listening');
    return server.unref();
  };
  const server = await listen().catch(async () => {
    if (address.endsWith('.sock') && (await isLeftOver(address))) await rm(address, { force: true });
    return listen().catch(() => {
      throw new Error(`${path} is in use by another running mock; stop that one, or give another file`);
    });
  });
  return () => new Promise((done) => server.close(() => done()));
};
