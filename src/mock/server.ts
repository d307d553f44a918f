import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { json, maxBodySize, plainText, type TenantRequest, type TenantResponse } from '../tenant/index.ts';

export type Respond = (request: TenantRequest) => Promise<TenantResponse>;

/** How long requests in flight may continue when the mock closes, in milliseconds. */
const grace = 2_000;

/** Stands for any body larger than a tenant reads. */
const tooLarge = new Uint8Array(maxBodySize + 1);

/**
 * Discards the rest of a body that is too large as it arrives: a client that is cut off while it sends would not read
 * the response.
 *
 * @throws when the client disconnects before the end
 */
const readBody = (request: IncomingMessage): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > maxBodySize) return resolve(tooLarge);
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodySize) chunks.push(chunk);
      else resolve(tooLarge);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });

/** The address that a server is bound to, as the system reports it, even if it was given as a name. */
const boundTo = (server: Server): AddressInfo =>
  (server.address() ?? { address: '', port: 0, family: '' }) as AddressInfo;

/** Whether an address, as the system reports it, is reachable only from this machine. */
const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address);

/** Whether a public DNS name: it has a dot, and is neither an address nor below `localhost`. */
const isOutside = (host: string): boolean => {
  const name = host.replace(/\.?(:\d*)?$/, '').toLowerCase();
  const isAddress = /^[\d.]+$/.test(name) || name.startsWith('[');
  return name.includes('.') && !isAddress && !name.endsWith('.localhost');
};

/**
 * Keeps web pages out of a mock that listens only on this machine. Any page can point its own name at it (DNS
 * rebinding) and then read the responses, but its requests carry that name. Scripts run with the user's rights.
 */
const rebound = plainText(
  421,
  'This mock listens only on this machine and refuses public host names. Use 127.0.0.1 or localhost.',
);

/** The target of a request is a path with a query; behind a proxy an absolute URL. */
const pathOf = (target: string): string => /^(?:https?:\/\/[^/?#]*)?([^#]*)/i.exec(target)?.[1] ?? '';

/** The location only: a message may quote a body. */
const describeFault = (error: unknown): string => {
  if (!(error instanceof Error)) return 'internal fault';
  const frame = error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  return `internal fault: ${error.name}${frame.replace(/^\s+/, ' ')}`;
};

/**
 * Writes the whole response at once, and ends it when the request has arrived completely: a connection that is closed
 * while the client still sends is reset, and the client does not see the response. Late input is discarded.
 */
const write = (
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: TenantResponse,
): void => {
  const hasLength = body !== '' || (status !== 204 && status !== 304);
  response.writeHead(status, { ...headers, ...(hasLength && { 'Content-Length': Buffer.byteLength(body) }) });
  if (request.complete || body === '') {
    response.end(body);
    return;
  }
  response.write(body);
  request.once('close', () => response.end());
  request.resume();
};

/** Creates a server that always responds: no request can crash the process. */
const makeServer = (
  respond: Respond,
  log: (line: string) => void,
  headers: Record<string, string>,
): Server => {
  const failed = (error: unknown): TenantResponse => {
    log(describeFault(error));
    return json(500, { message: 'Internal server error.' }, headers);
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const { method = '' } = request;
    const path = pathOf(request.url ?? '');
    response.on('close', () => {
      const outcome = response.headersSent ? response.statusCode : 'aborted';
      log(`${method} ${path.split('?')[0]} ${outcome} ${Math.round(performance.now() - started)} ms`);
    });
    const sent = Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
    const ask = async (): Promise<TenantResponse> =>
      isLoopback(boundTo(server).address) && isOutside(request.headers.host ?? '')
        ? rebound
        : respond({ method, path, headers: Object.fromEntries(sent), body: await readBody(request) });
    const message = await ask().catch((error: unknown) =>
      request.socket.destroyed ? undefined : failed(error),
    );
    if (message !== undefined && !response.destroyed) write(request, response, message);
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      log(describeFault(error));
      response.destroy();
    });
  });
  return server;
};

/**
 * Returns a function that closes a server once it has responded to requests in flight, or after 2 s. A second call
 * waits for the first. Create it before the server accepts its first connection.
 */
const makeClose = (server: Server): (() => Promise<void>) => {
  let closed: Promise<void> | undefined;
  // Node's own `closeIdleConnections` skips connections that have not sent a request yet.
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

const explain = (error: unknown, port: number, host: string): string => {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is already in use; choose another with --port`;
  if (code === 'EACCES') return `port ${port} on ${host} is not allowed; choose another with --port`;
  return `cannot listen on ${host} (${code ?? error}); choose an address of this machine with --host`;
};

/**
 * Serves the responses of `respond` over HTTP.
 *
 * @param options - `port`: 0 lets the system choose; `log` receives the method, path, status and milliseconds of each
 *   request, and the location of an internal fault
 * @param headers - the headers of the response to an internal fault
 * @throws {Error} with a one-line message that explains what to do, when the port or host cannot be bound
 */
export const serve = async (
  respond: Respond,
  options: { port?: number; host?: string; log?: (line: string) => void },
  headers: Record<string, string> = {},
): Promise<{ url: string; close: () => Promise<void> }> => {
  const { port = 0, host = '127.0.0.1', log = () => {} } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`${port} is not a port; choose one from 0 to 65535 with --port`);
  const server = makeServer(respond, log, headers);
  const close = makeClose(server);
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    throw new Error(explain(error, port, host));
  }
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${boundTo(server).port}`, close };
};
