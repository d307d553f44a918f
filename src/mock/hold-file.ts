import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

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
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
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
