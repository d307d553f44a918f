import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { example } from './document.test-helper.ts';
import { base, sendRaw, serveMock } from './serve.test-helper.ts';

const mock = serveMock();
const item = `${base}/access-token`;

/** A normal request is answered as ever. */
const expectAlive = async () => {
  const { status, body } = await mock.call(item, { method: 'PUT', body: { script: 'x' } });
  expect({ status, body }).toStrictEqual({ status: 200, body: example('access-token-minimal') });
  expect(mock.lines.filter((line) => line.includes('fault'))).toStrictEqual([]);
};

describe('what stops the server of Prism', () => {
  it.each(['{', 'nope', '', '{"script":"x"', '\0'])(
    'a body that is not JSON, %j, is answered',
    async (raw) => {
      expect(await mock.call(item, { method: 'PATCH', raw })).toMatchObject({ status: 400 });
      await expectAlive();
    },
  );

  it('a property name outside Latin-1 is answered', async () => {
    expect(await mock.call(item, { method: 'PATCH', raw: '{"script":"x","имя":1}' })).toMatchObject({
      status: 400,
      body: { data: { issues: [{ keys: ['имя'], message: "Unrecognized key(s) in object: 'имя'" }] } },
    });
    await expectAlive();
  });

  it.each(['*/*;q=abc', 'text/html', '', 'a/b/c', ';;;', 'application/xml, text/*;q=0', '*'])(
    'Accept: %j is ignored, then and later',
    async (accept) => {
      for (const headers of [{ accept }, {}] as Record<string, string>[]) {
        const { status, body } = await mock.call(item, { headers });
        expect({ status, body }).toStrictEqual({ status: 200, body: example('access-token-every-field') });
      }
      expect(await mock.call(item, { headers: { accept, prefer: 'code=404' } })).toMatchObject({
        status: 404,
      });
      await expectAlive();
    },
  );
});

it.each(['{"script":"x","__proto__":{"a":1}}', '{"script":"x","constructor":{"prototype":{}}}'])(
  'refuses %s as any unknown field',
  async (raw) => {
    expect(await mock.call(item, { method: 'PATCH', raw })).toMatchObject({
      status: 400,
      body: { data: { issues: [{ code: 'unrecognized_keys' }] } },
    });
    await expectAlive();
  },
);

it('refuses arrays that are nested as deep as a body can hold', async () => {
  const raw = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
  expect(await mock.call(item, { method: 'PATCH', raw })).toMatchObject({ status: 400 });
  const deep = `{"script":"x","contextSample":{"user":{"customData":{"a":${raw}}}}}`;
  expect([200, 400]).toContain((await mock.call(item, { method: 'PATCH', raw: deep })).status);
  await expectAlive();
});

it('answers headers that are too large and goes on', async () => {
  const answer = await sendRaw(
    mock.url(),
    `GET ${item} HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  await expectAlive();
});

it.each([
  'GET\r\n\r\n',
  'NOPE / HTTP/1.1\r\n\r\n',
  'GET / HTTP/9\r\n\r\n',
  '\0\0\0\r\n\r\n',
  'GET /\x01 HTTP/1.1\r\n\r\n',
])('answers %j with 400 and goes on', async (text) => {
  expect(await sendRaw(mock.url(), text)).toMatch(/^HTTP\/1\.1 400 /);
  await expectAlive();
});

it.each([
  '//',
  '/%',
  `${base}/%zz`,
  `${base}/%2e%2e`,
  `${base}/..`,
  `http://elsewhere.test${base}`,
  'http://elsewhere.test',
  '*',
  '/?x=%zz',
  '/#',
])('answers the target %s and goes on', async (target) => {
  const method = target === '*' ? 'OPTIONS' : 'GET';
  const answer = await sendRaw(
    mock.url(),
    `${method} ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 (200|400|404) /);
  await expectAlive();
});

it('answers a client that waits for 100 Continue', async () => {
  const body = '{"script":"x"}';
  const answer = await sendRaw(
    mock.url(),
    `PUT ${item} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
});

it.each([
  `Content-Length: 5000000\r\n\r\n${'x'.repeat(5_000_000)}`,
  `Transfer-Encoding: chunked\r\n\r\n${'4c4b40\r\n'}${'x'.repeat(5_000_000)}\r\n0\r\n\r\n`,
])('answers a client that sends all of a body that is too large before it reads', async (rest) => {
  const request = `PATCH ${item} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nConnection: close\r\n${rest}`;
  expect(await sendRaw(mock.url(), request)).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  await expectAlive();
});

it('does not wait for a body that says it will be too large', async () => {
  const socket = connect(Number(new URL(mock.url()).port), '127.0.0.1');
  socket.write(
    `PATCH ${item} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Length: 1048577\r\n\r\n`,
  );
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  socket.destroy();
});

it('answers one request after the other on a connection, also after a body that was not read', async () => {
  const head = `Host: x\r\nAuthorization: Bearer x\r\n`;
  const text = [
    `POST ${item} HTTP/1.1\r\n${head}Content-Length: 4\r\n\r\nabcd`,
    `PATCH ${item} HTTP/1.1\r\n${head}Content-Length: 1\r\n\r\n{`,
    `GET ${item} HTTP/1.1\r\n${head}Connection: close\r\n\r\n`,
  ].join('');
  const answer = await sendRaw(mock.url(), text);
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toStrictEqual(['HTTP/1.1 405', 'HTTP/1.1 400', 'HTTP/1.1 200']);
});

it('outlives a client that goes away in the middle of its body', async () => {
  const head = `PATCH ${item} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n{"script"`;
  const before = mock.lines.length;
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(mock.url()).port), '127.0.0.1', () => socket.write(head));
    // The server has read the head when it says that the client may go on.
    socket.on('data', () => socket.resetAndDestroy());
    socket.on('close', () => resolve());
  });
  await expect
    .poll(() => mock.lines.slice(before))
    .toStrictEqual([expect.stringMatching(/ aborted \d+ ms$/)]);
  await expectAlive();
});
