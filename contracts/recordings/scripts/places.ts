import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Milliseconds: longer than a script may take, but shorter than the 10 s of the recording. */
const slow = 3500;

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** The server that recorded scripts call, a port where nothing listens, and the tenant's own address. */
export const openPlaces = async (): Promise<{ places: Record<string, string>; close: () => void }> => {
  const server = createServer((request, response) => {
    const { method: m, url, headers } = request;
    const body = JSON.stringify({ ok: 1, ua: headers['user-agent'], m });
    const answer = () => response.setHeader('content-type', 'application/json').end(body);
    if (url === '/slow') setTimeout(answer, slow);
    else answer();
  });
  const port = await listen(server);
  const other = createServer();
  const closed = await listen(other);
  await new Promise((resolve) => other.close(resolve));
  return {
    places: {
      '<server>': String(port),
      '<closed>': String(closed),
      '<endpoint>': `http://127.0.0.1:${port}`,
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
