import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  type ClientCredentialsOptions,
  createJwtCustomizerClient,
  type JwtCustomizerClient,
  LogtoJwtCustomizerError,
} from './index.ts';

export interface Received {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

export const json = (status: number, body: unknown): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'logto-core-request-id': 'K3E8-GiJ6Rjmyww3' },
  body: JSON.stringify(body),
});

export const notFound: Reply = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' };

/** As recorded in token-endpoint.jsonl, "granted". */
export const granted = (token = 'token-of-the-tenant', fields = {}): Reply =>
  json(200, { access_token: token, expires_in: 3600, token_type: 'Bearer', scope: 'all', ...fields });

/** Responds to a write with what was written. */
export const storing = ({ method, body }: Received): Reply =>
  method === 'DELETE'
    ? { status: 204 }
    : json(200, method === 'GET' ? { script: '' } : JSON.parse(body.toString()));

export interface LocalTenant {
  endpoint: string;
  /** The requests to the API. */
  calls: Received[];
  /** The requests to the token endpoint. */
  tokenRequests: Received[];
  /** A client without pauses between attempts. */
  client(options?: Partial<ClientCredentialsOptions>): JwtCustomizerClient;
}

type Respond = (request: Received) => Reply | Promise<Reply>;

export const clientId = 'm2m0123456789';
export const clientSecret = 'planted-client-secret';

/** A local server that closes when the test is over. */
export const startTenant = async (
  respond: Respond = () => json(200, []),
  respondToken: Respond = () => granted(),
): Promise<LocalTenant> => {
  const calls: Received[] = [];
  const tokenRequests: Received[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const received = { method, url, headers, body: Buffer.concat(await request.toArray()) };
    const isToken = url === '/oidc/token';
    (isToken ? tokenRequests : calls).push(received);
    const reply = await (isToken ? respondToken : respond)(received);
    response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = (options = {}) =>
    createJwtCustomizerClient({
      endpoint,
      clientId,
      clientSecret,
      retry: { delay: 0, rateLimitDelay: 0 },
      ...options,
    });
  return { endpoint, calls, tokenRequests, client };
};

/** The error that a call rejects with. */
export const errorOf = async (call: Promise<unknown>): Promise<LogtoJwtCustomizerError> => {
  const error: unknown = await call.then(
    () => 'no error',
    (thrown: unknown) => thrown,
  );
  if (error instanceof LogtoJwtCustomizerError) return error;
  throw new Error(`expected an error of the client, found ${String(error)}`, { cause: error });
};
