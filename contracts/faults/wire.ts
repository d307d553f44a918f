/** A server that answers each request byte by byte as a script says, and misbehaves where the script does. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** Requests out of the bytes of a connection: HTTP/1.1 with `Content-Length`, as fetch sends a text. */
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

/** Keeps what is not yet a whole request. */
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
 * What the server does next:
 * - `send`: these bytes, as they are
 * - `wait`: nothing, for so many milliseconds of the fake clock
 * - `close`: the end of the connection (FIN)
 * - `reset`: the connection is cut (RST)
 * - `call`: something outside the wire
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
  /** The script for a request; asked for once the whole request is there. */
  respond(request: WireRequest): Script | Promise<Script>;
  /** Lets the fake clock go on. */
  wait(milliseconds: number): Promise<void>;
  /** @default a free one */
  port?: number;
}

export interface WireServer {
  readonly port: number;
  /** Ends every connection as a server does that has waited long enough for a request. */
  closeIdle(): Promise<void>;
  /** Nothing listens any more, and every connection is cut. */
  stop(): Promise<void>;
}

const play = async (socket: Socket, script: Script, wait: WireOptions['wait']): Promise<void> => {
  for (const step of script) {
    // Whoever went away is not answered any more.
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
