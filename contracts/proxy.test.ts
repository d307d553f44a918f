/** Proxies set with Node's own environment variables: `NODE_USE_ENV_PROXY=1`, `HTTP_PROXY`, `NO_PROXY`. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { serveTenant } from './conforming/index.ts';

const host = 'tenant.test';

/** A proxy that connects every host to one port, or refuses. This Node uses CONNECT even for plain HTTP. */
const startProxy = async (port: number, refuses: boolean) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(501).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    if (refuses) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => {});
    onTestFinished(() => void upstream.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const script = `
const { createJwtCustomizerClient } = await import(process.env.CLIENT);
const { ENDPOINT: endpoint, ID: clientId, SECRET: clientSecret } = process.env;
const client = createJwtCustomizerClient({ endpoint, clientId, clientSecret, allowHttp: true, retry: { delay: 1 }, token: { maxRetries: 0 } });
try {
  console.log(JSON.stringify(await client.put('access-token', { script: '// by a proxy' })));
} catch ({ name, code }) {
  console.log(JSON.stringify({ name, code }));
}
process.exit();`;

/** The result of one call in a process with this environment. */
const callIn = async (env: Record<string, string>): Promise<unknown> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...env, PATH: process.env['PATH'], CLIENT: pathToFileURL('src/client/index.ts').href },
  });
  return JSON.parse(stdout);
};

const start = async ({ refuses = false } = {}) => {
  const served = await serveTenant();
  onTestFinished(() => served.close());
  const { port } = new URL(served.url);
  const proxy = await startProxy(Number(port), refuses);
  const { clientId: ID, clientSecret: SECRET } = served.credentials;
  return { tenant: served.tenant, proxy, port, served, env: { ID, SECRET, HTTP_PROXY: proxy.url } };
};

test('token and write requests go through the proxy of HTTP_PROXY', async () => {
  const { tenant, proxy, env } = await start();
  const stored = await callIn({ ...env, ENDPOINT: `http://${host}`, NODE_USE_ENV_PROXY: '1' });
  expect(stored).toEqual({ script: '// by a proxy' });
  expect(tenant.customizers['access-token']).toEqual(stored);
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${host}:80`]));
});

test('requests to hosts in NO_PROXY do not go through it', async () => {
  const { tenant, proxy, env, port } = await start();
  const NO_PROXY = '127.0.0.1';
  const stored = await callIn({
    ...env,
    ENDPOINT: `http://127.0.0.1:${port}`,
    NODE_USE_ENV_PROXY: '1',
    NO_PROXY,
  });
  expect(tenant.customizers['access-token']).toEqual(stored);
  expect(proxy.asked).toEqual([]);
});

test('without NODE_USE_ENV_PROXY the proxy is not used', async () => {
  const { proxy, env, served } = await start();
  expect(await callIn({ ...env, ENDPOINT: served.url })).toEqual({ script: '// by a proxy' });
  expect(proxy.asked).toEqual([]);
});

test('a proxy that refuses is an error of the client', async () => {
  const { proxy, env } = await start({ refuses: true });
  const found = await callIn({ ...env, ENDPOINT: `http://${host}`, NODE_USE_ENV_PROXY: '1' });
  expect(found).toEqual({ name: 'NetworkError', code: 'UND_ERR_ABORTED' });
  expect(proxy.asked.length).toBeGreaterThan(0);
});
