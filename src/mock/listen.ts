import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { makeServer, type Respond, withoutRebinding } from './server.ts';

/** How long requests in flight may go on when the mock closes, in milliseconds. */
const grace = 2_000;

const explain = (error: unknown, port: number, host: string): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is already in use; choose another with --port`;
  if (code === 'EACCES') return `port ${port} on ${host} is not allowed; choose another with --port`;
  return `cannot listen on ${host} (${String(code ?? error)}); choose an address of this machine with --host`;
};

/** Without a slash at the end. */
const urlOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The address that a server is bound to, as the system says it, whatever name a person gave. */
const addressOf = (server: Server): string => {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.address : '';
};

/**
 * Binds the server. Returns the port, which the system has chosen for 0.
 *
 * @throws one line that says what to do when the port is taken or the host is none of this machine
 */
export const listen = async (server: Server, port: number, host: string): Promise<number> => {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${port} is not a port; choose one from 0 to 65535 with --port`);
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new Error(explain(error, port, host));
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
};

/**
 * What ends a server when it has responded to what it is at, or after 2 s. A second call waits for the first.
 * To be made before the server gets its first connection.
 */
export const makeClose = (server: Server): (() => Promise<void>) => {
  let closed: Promise<void> | undefined;
  // Node's own `closeIdleConnections` leaves those alone that have not sent a request yet.
  const idle = new Set<Socket>();
  server.on('connection', (socket) => {
    idle.add(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    idle.delete(socket);
    response.once('close', () => {
      if (closed !== undefined) socket.destroySoon();
      else if (!socket.destroyed) idle.add(socket);
    });
  });
  const close = async (): Promise<void> => {
    const end = once(server, 'close');
    server.close();
    for (const socket of idle) socket.destroy();
    const cut = setTimeout(() => server.closeAllConnections(), grace);
    await end;
    clearTimeout(cut);
  };
  return () => {
    closed ??= close();
    return closed;
  };
};

/** Where a server listens, and what is told of it. */
export interface ServeOptions {
  port?: number;
  host?: string;
  log?: (line: string) => void;
}

/**
 * Serves over HTTP what `respond` says.
 *
 * @param headers - of the response when the server itself fails
 * @throws {Error} when the port or host cannot be bound; the message is one line and says what to do
 */
export const serve = async (
  respond: Respond,
  { port = 0, host = '127.0.0.1', log = () => {} }: ServeOptions,
  headers: Record<string, string> = {},
): Promise<{ url: string; close: () => Promise<void> }> => {
  const server: Server = makeServer(
    withoutRebinding(() => addressOf(server), respond),
    log,
    headers,
  );
  const close = makeClose(server);
  return { url: urlOf(host, await listen(server, port, host)), close };
};
