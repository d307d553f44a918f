/** A server that responds to each request byte by byte according to a script, which can misbehave. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** Parses requests from the bytes of a connection: HTTP/1.1 with `Content-Length`, as fetch sends strings. */
export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const parseHead = (head: string): Omit<WireRequest, 'body'> => {
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { method, path, headers };
};

/** Buffers bytes until a request is complete. */
const createRequestReader = (): ((data: Uint8Array) => WireRequest[]) => {
  let rest = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    const requests: WireRequest[] = [];
    for (;;) {
      const end = rest.indexOf('\r\n\r\n');
      if (end === -1) return requests;
      const head = parseHead(rest.subarray(0, end).toString('latin1'));
      if (head.headers['transfer-encoding'] !== undefined) throw new Error('a body without Content-Length');
      const bodyEnd = end + 4 + Number(head.headers['content-length'] ?? 0);
      if (rest.length < bodyEnd) return requests;
      requests.push({ ...head, body: rest.subarray(end + 4, bodyEnd).toString() });
      rest = rest.subarray(bodyEnd);
    }
  };
};

/**
 * The next action of the server:
 * - `send`: sends these bytes unchanged
 * - `wait`: waits for this many milliseconds of the fake clock
 * - `close`: ends the connection (FIN)
 * - `reset`: cuts the connection (RST)
 * - `call`: calls a function
 */
export type Step =
  | { readonly send: string | Uint8Array }
  | { readonly wait: number }
  | { readonly call: () => void | Promise<void> }
  | 'close'
  | 'reset';

/** A script that ends leaves the connection open, for the next request. */
export type Script = readonly Step[];

interface WireOptions {
  /** Returns the script for a request, once the request is complete. */
  respond(request: WireRequest): Script | Promise<Script>;
  /** Advances the fake clock. */
  wait(milliseconds: number): Promise<void>;
  /** @default a free port */
  port?: number;
}

export interface WireServer {
  readonly port: number;
  /** Closes every connection, as a server does after its idle timeout. */
  closeIdle(): Promise<void>;
  /** Stops listening and cuts every connection. */
  stop(): Promise<void>;
}

const play = async (socket: Socket, script: Script, wait: WireOptions['wait']): Promise<void> => {
  for (const step of script) {
    // The client has disconnected.
    if (socket.destroyed) return;
    if (step === 'close') socket.end();
    else if (step === 'reset') socket.resetAndDestroy();
    else if ('wait' in step) await wait(step.wait);
    else if ('call' in step) await step.call();
    else await new Promise((resolve) => socket.write(step.send, resolve));
  }
};

export const startWire = async ({ respond, wait, port = 0 }: WireOptions): Promise<WireServer> => {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const read = createRequestReader();
    let turn = Promise.resolve();
    socket.on('data', (data) => {
      for (const request of read(data)) {
        turn = turn.then(async () => play(socket, await respond(request), wait));
      }
    });
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const allClosed = (): Promise<unknown> =>
    Promise.all([...sockets].filter(({ closed }) => !closed).map((socket) => once(socket, 'close')));
  return {
    port: (server.address() as AddressInfo).port,
    closeIdle: async () => {
      const closed = allClosed();
      for (const socket of sockets) socket.end();
      await closed;
    },
    stop: async () => {
      const closed = allClosed();
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
