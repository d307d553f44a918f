import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Answer, MockResponse } from './message.ts';
import { readBody } from './read-body.ts';

/** The target of a request is a path with a query; behind a proxy an absolute URL. */
const splitTarget = (target: string): { path: string; query: URLSearchParams } => {
  const [, path = '', query = ''] = /^(?:https?:\/\/[^/?#]*)?([^?#]*)\??([^#]*)/i.exec(target) ?? [];
  return { path, query: new URLSearchParams(query) };
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
 * while the client still sends is reset, and the client does not see the answer. What comes in is thrown away.
 */
const write = (
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, text }: MockResponse,
): void => {
  const length =
    text === undefined ? (status === 204 || status === 304 ? undefined : 0) : Buffer.byteLength(text);
  response.writeHead(status, { ...headers, ...(length !== undefined && { 'Content-Length': length }) });
  if (request.complete || text === undefined) {
    response.end(text);
    return;
  }
  response.write(text);
  request.once('close', () => response.end());
  request.resume();
};

/**
 * Serves the answers over HTTP. Nothing that a client sends ends the process or leaves it without an answer.
 *
 * @param log - gets method, path, status and milliseconds of each request, and where the mock itself failed
 * @param headers - of the answer when the mock itself fails
 */
export const makeServer = (
  answer: Answer,
  log: (line: string) => void,
  headers: Record<string, string>,
): Server => {
  const failed = (error: unknown): MockResponse => {
    log(describeFault(error));
    return {
      status: 500,
      headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' },
      text: JSON.stringify({ message: 'Internal server error.' }),
    };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const { method = '', url = '' } = request;
    const { path, query } = splitTarget(url);
    response.on('close', () => {
      const outcome = response.headersSent ? response.statusCode : 'aborted';
      const milliseconds = Math.round(performance.now() - started);
      log(`${method} ${path} ${outcome} ${milliseconds} ms`);
    });
    const message = await answer({
      method,
      target: path + (query.size > 0 ? `?${query}` : ''),
      path,
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
