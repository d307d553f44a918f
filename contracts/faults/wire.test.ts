/** The wire server itself, with plain `fetch`: it does what its scripts say. */
import { expect, onTestFinished, test } from 'vitest';
import { fakeClock, settle } from './clock.ts';
import { bytes, chunk, cut, gzipped, headOf, json, noContent } from './http.ts';
import type { WireRequest } from './request-reader.ts';
import { type Script, startWire } from './wire.ts';

const value = { script: 'x'.repeat(200) };

/** A server that plays these scripts one after another. */
const start = async (...scripts: Script[]) => {
  const clock = fakeClock();
  const requests: WireRequest[] = [];
  const server = await startWire({
    answer: (request) => {
      requests.push(request);
      return scripts[requests.length - 1] ?? [];
    },
    wait: (milliseconds) => clock.advance(milliseconds),
  });
  onTestFinished(() => server.stop());
  const url = `http://127.0.0.1:${server.port}/`;
  return { clock, requests, server, url };
};

/** What fetch says of an answer: its text, or code or name of the fault. */
const outcome = async (url: string): Promise<string> => {
  try {
    return await (await fetch(url)).text();
  } catch (error) {
    const { code, name } = (error as Error).cause as { code?: string; name: string };
    return code ?? name;
  }
};

test('it reads a request that comes in pieces, and two on one connection', async () => {
  const { url, requests, server } = await start(
    [{ send: bytes(json(200, 1)) }],
    [{ send: bytes(json(200, 2)) }],
  );
  const body = 'ü'.repeat(100_000);
  expect(await (await fetch(`${url}a?b`, { method: 'PUT', body, headers: { a: 'B: c' } })).json()).toBe(1);
  await settle();
  expect(await outcome(url)).toBe('2');
  expect(requests[0]).toMatchObject({ method: 'PUT', path: '/a?b', body, headers: { a: 'B: c' } });
  expect(server.connections()).toBe(1);
});

test.each<[string, Script, string]>([
  ['a reset before the answer', ['reset'], 'ECONNRESET'],
  ['a close before the answer', ['close'], 'UND_ERR_SOCKET'],
  ['a reset in the head', [{ send: headOf(json(200, value)).subarray(0, 40) }, 'reset'], 'ECONNRESET'],
  ['a reset in the body', [{ send: cut(json(200, value), 50) }, 'reset'], 'ECONNRESET'],
  ['a close in the body', [{ send: cut(json(200, value), 50) }, 'close'], 'UND_ERR_SOCKET'],
  [
    'chunks without the last one',
    [
      { send: headOf({ length: 'none', headers: { 'Transfer-Encoding': 'chunked' } }) },
      { send: chunk('{}') },
      'close',
    ],
    'UND_ERR_SOCKET',
  ],
  ['no HTTP at all', [{ send: 'SSH-2.0-OpenSSH_9.2\r\n' }], 'HTTPParserError'],
  ['a broken gzip', [{ send: bytes({ ...gzipped(json(200, value)), body: 'not gzip' }) }], 'Z_DATA_ERROR'],
  ['a good gzip', [{ send: bytes(gzipped(json(200, value))) }], JSON.stringify(value)],
  ['no content', [{ send: bytes(noContent) }], ''],
])('%s', async (_, script, expected) => {
  const { url } = await start(script);
  expect(await outcome(url)).toBe(expected);
});

test('it waits by the fake clock alone', async () => {
  const { url, clock } = await start([{ wait: 200_000 }, { send: bytes(json(200, 1)) }]);
  const before = clock.now();
  expect(await outcome(url)).toBe('1');
  expect(clock.now() - before).toBe(200_000);
});

test('it closes a connection that is kept for the next call', async () => {
  const ok = [{ send: bytes(json(200, 1)) }];
  const { url, server } = await start(ok, ok);
  await outcome(url);
  expect(server.connections()).toBe(1);
  await server.closeIdle();
  expect(server.connections()).toBe(0);
  expect(await outcome(url)).toBe('1');
});

test('nothing listens once it is stopped', async () => {
  const { url, server } = await start();
  await server.stop();
  expect(await outcome(url)).toBe('ECONNREFUSED');
});
