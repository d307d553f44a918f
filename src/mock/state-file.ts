import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Customizers } from '../tenant/index.ts';
import { parseCustomizersFile } from './json-file.ts';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

/** A file of JSON that only its owner may read: it holds the values of environment variables. */
export const createStateFile = (path: string) => {
  let last: Promise<void> = Promise.resolve();
  const replace = async (text: string): Promise<void> => {
    const draft = `${path}.${process.pid}.tmp`;
    try {
      // Of a process that was killed, or a link that somebody planted: nothing is written through it.
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
     * What was kept; nothing when there is no file yet.
     *
     * @throws {Error} of one line, when it cannot be read or is no JSON
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
        throw new Error(`${path} ${(error as Error).message}; give another file, or remove it to start anew`);
      }
    },
    /**
     * Keeps it whole: the file holds the old state or the new one, also when the process is killed.
     *
     * @throws {Error} of one line, when it cannot be written
     */
    write: (customizers: Customizers): Promise<void> => {
      const text = `${JSON.stringify(customizers, null, 2)}\n`;
      last = last.catch(() => {}).then(() => replace(text));
      return last;
    },
  };
};

/** By whatever name the file is called; it need not exist yet. */
const identityOf = async (path: string): Promise<string> => {
  const whole = resolve(path);
  const folder = await realpath(dirname(whole)).catch(() => dirname(whole));
  return realpath(whole).catch(() => join(folder, basename(whole)));
};

/**
 * Where the holder of a file listens. The system forgets the address when the process ends, however it ends; only that of
 * a platform without such addresses is a file, which can be left over.
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
 * Holds a file for this mock alone, among all of this machine. Containers that share a folder do not see each other.
 *
 * @returns what gives it back; may be called again
 * @throws {Error} of one line, when another mock has it
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
      throw new Error(`${path} is the state of another mock that runs; end that one, or give another file`);
    });
  });
  return () => new Promise((done) => server.close(() => done()));
};
