import { makeAnswer } from './answer.ts';
import { type Document, readDocument } from './document.ts';
import { listen, makeClose } from './listen.ts';
import { loadEngine } from './prism.ts';
import { makeResponder } from './respond.ts';
import { makeServer } from './server.ts';
import type { MockClient } from './token-endpoint.ts';

export interface MockOptions {
  /**
   * The port to listen on; 0 lets the system choose.
   *
   * @default 0
   */
  port?: number;
  /**
   * The address to listen on.
   *
   * @default '127.0.0.1'
   */
  host?: string;
  /**
   * The applications that `POST /oidc/token` knows. Without them any client id with any secret gets a token.
   *
   * @default []
   */
  clients?: readonly MockClient[];
  /**
   * Gets a line for each request: method, path, status and milliseconds. Never a body, a query, a token or a secret.
   *
   * @default nothing is logged
   */
  log?: (line: string) => void;
}

/** A mock that listens. */
export interface Mock {
  /** Without a slash at the end: `http://127.0.0.1:41234`. */
  url: string;
  /** Stops listening, and waits up to 2 s for requests in flight. May be called again. */
  close: () => Promise<void>;
}

/**
 * Starts a server that answers as a Logto tenant does, from the examples of our OpenAPI document, without state.
 * Prism's engine composes the answers: `@stoplight/prism-http`, an optional peer dependency.
 *
 * @throws when Prism is not installed, or the port or host cannot be bound; the message is one line and says what
 *   to do
 */
export const startMock = async (options: MockOptions = {}): Promise<Mock> => {
  const { port = 0, host = '127.0.0.1', clients = [], log = () => {} } = options;
  const document = await readDocument();
  const { components }: Document = JSON.parse(document);
  const headers = { 'Logto-Core-Request-Id': components.headers.LogtoCoreRequestId.example };
  const engine = await loadEngine(document, headers);
  const answer = makeAnswer({
    document,
    operations: engine.operations,
    tokenTypes: components.schemas.TokenType.enum,
    schemas: components.schemas,
    headers,
    clients,
    responder: makeResponder(engine),
  });
  const server = makeServer(answer, log, headers);
  const close = makeClose(server);
  const bound = await listen(server, port, host);
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, close };
};
