/**
 * The server that the clients are measured against. It runs in a separate process, so that it does not take time from
 * their thread, and does as little as possible: it grants tokens and echoes writes. `--mock` starts the package's mock.
 *
 * Sends `{ url }` when it listens. On each message, it sends the number of requests of each kind since the last one.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMock } from '../src/mock/index.ts';

export interface Counts {
  tokens: number;
  writes: number;
}

let counts: Counts = { tokens: 0, writes: 0 };
process.on('message', () => {
  process.send?.(counts);
  counts = { tokens: 0, writes: 0 };
});
process.on('disconnect', () => process.exit());

const token = JSON.stringify({ access_token: 'token', expires_in: 3600, token_type: 'Bearer', scope: 'all' });

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

const startEcho = async (): Promise<string> => {
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const isToken = request.url === '/oidc/token';
    if (isToken) counts.tokens += 1;
    else counts.writes += 1;
    const text = isToken ? token : body;
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Logto-Core-Request-Id': 'request-id-of-bench',
    });
    response.end(text);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const startCountingMock = async (): Promise<string> => {
  const { url } = await startMock({
    // An update requires an existing customizer.
    seed: { 'access-token': { script: '' }, 'client-credentials': { script: '' } },
    log: (line) => {
      if (line.startsWith('POST /oidc/token ')) counts.tokens += 1;
      else counts.writes += 1;
    },
  });
  return url;
};

process.send?.({ url: await (process.argv.includes('--mock') ? startCountingMock() : startEcho()) });
