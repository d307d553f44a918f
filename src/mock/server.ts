import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { maxBodySize, plainText, type TenantRequest, type TenantResponse } from '../tenant/index.ts';

/** A request as far as a response depends on it. */
export interface MockRequest extends Omit<TenantRequest, 'body'> {
  /** The path without the query, as it was sent. */
  pathname: string;
  query: URLSearchParams;
  /**
   * Reads the body; nothing when it is too large.
   *
   * @throws when the client goes away before the end
   */
  readBody: () => Promise<Uint8Array | undefined>;
}

export type Respond = (request: MockRequest) => Promise<TenantResponse>;

/**
 * The body of a request; nothing when it is larger than `maxBodySize`. The rest of a body that is too large is
 * thrown away as it comes in: a client that is cut off while it sends would not read the response.
 *
 * @throws when the client goes away before the end
 */
const readBody = (request: IncomingMessage): Promise<Buffer | undefined> =>
  new Promise((resolve, reject) => {
    if (Number(request.headers['content-length']) > maxBodySize) return resolve(undefined);
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodySize) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve(undefined);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });

/** An address as the system says it, by which only this machine is reached. */
const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address);

/** A name that somebody's DNS answers for: it has a dot, and is neither an address nor below `localhost`. */
const isOutside = (host: string): boolean => {
  const name = host.replace(/\.?(:\d*)?$/, '').toLowerCase();
  const isAddress = /^[\d.]+$/.test(name) || name.startsWith('[');
  return name.includes('.') && !isAddress && !name.endsWith('.localhost');
};

/**
 * Keeps web pages out of a mock that listens on this machine alone. A page of anybody's can have its own name lead here
 * (DNS rebinding) and then read the responses; but its requests say that name. Scripts run with a person's rights.
 *
 * @param address - the one that the server is bound to, however a person has written it
 */
export const withoutRebinding =
  (address: () => string, respond: Respond): Respond =>
  async (request) => {
    if (!isLoopback(address()) || !isOutside(request.headers['host'] ?? '')) return respond(request);
    return plainText(
      421,
      'This mock listens on this machine alone, and answers to no name from outside. Use 127.0.0.1 or localhost.',
    );
  };

/** The target of a request is a path with a query; behind a proxy an absolute URL. */
const splitTarget = (target: string): { pathname: string; query: URLSearchParams } => {
  const [, pathname = '', query = ''] = /^(?:https?:\/\/[^/?#]*)?([^?#]*)\??([^#]*)/i.exec(target) ?? [];
  return { pathname, query: new URLSearchParams(query) };
};

const joined = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header;

/** Where, not what: a message may quote a body. */
const describeFault = (error: unknown): string => {
  if (!(error instanceof Error)) return 'internal fault';
  const frame = error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  return `internal fault: ${error.name}${frame.replace(/^\s+/, ' ')}`;
};

/**
 * Writes all of a response at once, and ends it when the request has come in to its end: a connection that is closed
 * while the client still sends is reset, and the client does not see the response. What comes in is thrown away.
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

/**
 * Serves the responses over HTTP. Nothing that a client sends ends the process or leaves it without a response.
 *
 * @param log - gets method, path, status and milliseconds of each request, and where the mock itself failed
 * @param headers - of the response when the mock itself fails
 */
export const makeServer = (
  respond: Respond,
  log: (line: string) => void,
  headers: Record<string, string>,
): Server => {
  const failed = (error: unknown): TenantResponse => {
    log(describeFault(error));
    return {
      status: 500,
      headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ message: 'Internal server error.' }),
    };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const { method = '', url = '' } = request;
    const { pathname, query } = splitTarget(url);
    response.on('close', () => {
      const outcome = response.headersSent ? response.statusCode : 'aborted';
      const milliseconds = Math.round(performance.now() - started);
      log(`${method} ${pathname} ${outcome} ${milliseconds} ms`);
    });
    const message = await respond({
      method,
      path: pathname + (query.size > 0 ? `?${query}` : ''),
      pathname,
      query,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, joined(value)]),
      ),
      readBody: () => readBody(request),
    }).catch((error: unknown) => (request.socket.destroyed ? undefined : failed(error)));
    if (message !== undefined && !response.destroyed) write(request, response, message);
  };

  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      log(describeFault(error));
      response.destroy();
    });
  });
};
