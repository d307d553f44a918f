import { request } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { startMock } from './index.ts';
import { serve } from './server.ts';

it('responds with 500 to an internal fault and logs its location without its message', async () => {
  const lines: string[] = [];
  const { url, close } = await serve(
    async () => {
      throw new TypeError('cannot read secret-to-hide\n  of body');
    },
    { log: (line) => lines.push(line) },
    { 'Logto-Core-Request-Id': 'id' },
  );
  onTestFinished(close);
  const response = await fetch(`${url}/api/x`, { method: 'POST', body: 'secret-to-hide' });
  expect(response.status).toBe(500);
  expect(response.headers.get('logto-core-request-id')).toBe('id');
  expect(await response.json()).toStrictEqual({ message: 'Internal server error.' });
  await expect.poll(() => lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^internal fault: TypeError at .*server\.test\.ts:\d+:\d+\)?$/);
  expect(lines.join()).not.toContain('to-hide');
});

const statusFor = (url: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request(
      { hostname: hostname.replace(/^\[|\]$/g, ''), port, path: '/oidc/jwks', headers: { host } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    )
      .on('error', reject)
      .end();
  });

const start = async (host: string): Promise<string> => {
  const mock = await startMock({ host });
  onTestFinished(() => mock.close());
  return mock.url.replace('0.0.0.0', '127.0.0.1');
};

it.each([
  ['localhost:4010', 200],
  ['127.0.0.1', 200],
  ['logto.localhost', 200],
  ['logto', 200],
  ['localhost.:4010', 200],
  ['evil.example.com', 421],
  ['EVIL.example:4010', 421],
  ['evil.example.', 421],
  ['127.0.0.1.example.com', 421],
  ['localhost.example.com', 421],
])('listening on loopback, it responds to the host %s with %i', async (host, status) => {
  expect(await statusFor(await start('127.0.0.1'), host)).toBe(status);
});

it.each(['LOCALHOST', '127.1', '127.0.0.2', '::ffff:127.0.0.1', '::1'])(
  'it recognizes %s as loopback',
  async (name) => {
    const url = await start(name);
    expect(await statusFor(url, 'evil.example.com')).toBe(421);
    for (const host of [new URL(url).host, 'LOCALHOST', '127.1:4010', '[::ffff:127.0.0.1]:4010'])
      expect([host, await statusFor(url, host)]).toEqual([host, 200]);
  },
);

it('accepts any host name when it listens on other addresses', async () => {
  expect(await statusFor(await start('0.0.0.0'), 'logto.example.com')).toBe(200);
});
