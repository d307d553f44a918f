/** No request can end the mock's process, hang it, or prevent the response to the next good request. */
import { type ChildProcess, fork } from 'node:child_process';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPrism } from '../../src/mock/index.ts';
import { corpus, type HostileRequest } from './corpus.ts';

interface Said {
  urls?: string[];
  tokens?: string[];
  line?: string;
}

let child: ChildProcess;
let urls: string[] = [];
let tokens: string[] = [];
const lines: string[] = [];
let ended: string | undefined;

beforeAll(async () => {
  child = fork(fileURLToPath(new URL('serve.ts', import.meta.url)), {
    execArgv: [],
    env: { ...process.env, OF_THE_CALLER: 'environment-to-hide' },
  });
  child.on('exit', (code, signal) => {
    ended = `ended with ${signal ?? code}`;
  });
  await new Promise<void>((resolve) => {
    child.on('message', (said: Said) => {
      if (said.line !== undefined) lines.push(said.line);
      if (said.urls === undefined) return;
      urls = said.urls;
      tokens = said.tokens ?? [];
      resolve();
    });
  });
}, 60_000);
afterAll(() => child.kill());

/** Milliseconds to wait for the response to half a request, and to a whole one. */
const [impatience, patience] = [200, 60_000];

/** The status of the response, or `closed`. */
const responseTo = (
  { bytes, expected, isOld }: HostileRequest,
  url = urls[isOld ? 1 : 0] ?? '',
): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    const settle = (outcome?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome ?? /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 'closed');
    };
    const timer = setTimeout(
      () => settle(expected === 'closed' ? undefined : 'hangs'),
      expected === 'closed' ? impatience : patience,
    );
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1').slice(0, 100);
      if (/^HTTP\/1\.1 [2-5]/.test(text)) settle();
    });
    socket.on('error', () => {});
    socket.on('close', () => settle());
  });

const good = async (isOld = false): Promise<number> => {
  const index = isOld ? 1 : 0;
  const headers = { authorization: `Bearer ${tokens[index]}` };
  const response = await fetch(`${urls[index]}/api/configs/jwt-customizer`, {
    headers,
    signal: AbortSignal.timeout(10_000),
  });
  await response.text();
  return response.status;
};

/** The problem with a request; `undefined` when it and the next good one got the expected responses. */
const wrongWith = async (request: HostileRequest): Promise<string[]> => {
  const { name, expected, isOld } = request;
  const status = await responseTo(request);
  const isExpected = expected === 'closed' ? status !== 'hangs' : expected.test(status);
  const next = await good(isOld).catch((error: unknown) => String(error));
  return [
    ...(isExpected ? [] : [`${name}: ${status}`]),
    ...(next === 200 ? [] : [`after ${name}: ${next}`]),
    ...(ended === undefined ? [] : [`${name}: ${ended}`]),
  ];
};

const inLanes = async (requests: HostileRequest[], lanes: number): Promise<string[]> => {
  const left = [...requests];
  const found: string[] = [];
  const lane = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) found.push(...(await wrongWith(one)));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return found;
};

test('survives a corpus of hostile requests, one by one, scripts several at a time', async () => {
  const all = corpus(tokens);
  expect(all.length).toBeGreaterThanOrEqual(200);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  const isScript = ({ name }: HostileRequest): boolean => name.startsWith('script');
  expect(
    await inLanes(
      all.filter((one) => !isScript(one)),
      1,
    ),
  ).toEqual([]);
  expect(await inLanes(all.filter(isScript), 6)).toEqual([]);
  const body = JSON.stringify({
    tokenType: 'client-credentials',
    script: 'const getCustomJwtClaims = () => ({ polluted: typeof ({}).polluted });',
    token: { jti: 'j', aud: 'a', clientId: 'c', kind: 'ClientCredentials' },
    context: {},
  });
  for (const [index, url] of urls.entries()) {
    const response = await fetch(`${url}/api/configs/jwt-customizer/test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens[index]}`, 'content-type': 'application/json' },
      body,
    });
    expect(await response.json()).toEqual({ polluted: 'undefined' });
  }
  const log = lines.join('\n');
  expect(lines.length).toBeGreaterThan(all.length);
  expect(log).not.toMatch(/to-hide/);
  for (const token of tokens) expect(log.includes(token.slice(0, 60))).toBe(false);
  expect(lines.filter((line) => line.includes('internal fault'))).toEqual([]);
}, 180_000);

test("Prism's engine behind the same server survives them, too", async () => {
  const { url, close } = await startPrism();
  const hanging: string[] = [];
  for (const request of corpus(['any']).filter(({ name }) => !name.startsWith('script')))
    if ((await responseTo(request, url)) === 'hangs') hanging.push(request.name);
  expect(hanging).toEqual([]);
  const headers = { authorization: 'Bearer any' };
  expect((await fetch(`${url}/api/configs/jwt-customizer`, { headers })).status).toBe(200);
  await close();
}, 180_000);
