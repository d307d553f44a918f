/**
 * Sends requests of 50 clients to one mock for a minute after a warm-up: `npm run mock:load [-- --seconds N]`. Exits with 1
 * if a request fails or gets an unexpected response, or if the memory that the process keeps after a collection grows.
 */
import { fork } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readOptions, usageError } from './options.ts';

const clients = 50;
/** The permitted growth in MB per minute: some 30 bytes per request at 1,000 requests per second. */
const mostGrowth = 2;
/** Requests before the measurement: caches fill, and functions are compiled. */
const warmUp = 20_000;

const seconds = Number(readOptions({ seconds: { type: 'string', default: '60' } }).seconds);
if (!(seconds >= 3)) usageError('--seconds must be a number of at least 3');

interface Memory {
  rss: number;
  kept: number;
}

const child = fork(fileURLToPath(new URL('../contracts/hostile/serve.ts', import.meta.url)), {
  execArgv: ['--expose-gc'],
});
const said = <T>(name: string): Promise<T> =>
  new Promise((resolve) => {
    const listen = (message: Record<string, unknown>): void => {
      if (!(name in message)) return;
      child.off('message', listen);
      resolve(message as T);
    };
    child.on('message', listen);
  });
let hasEnded = false;
child.on('exit', () => {
  hasEnded = true;
});
const { urls, tokens } = await said<{ urls: string[]; tokens: string[] }>('urls');
const [url = ''] = urls;
const [token = ''] = tokens;

const memoryOf = async (): Promise<Memory> => {
  child.send({});
  return (await said<{ memory: Memory }>('memory')).memory;
};

const base = '/api/configs/jwt-customizer';
const script = 'const getCustomJwtClaims = async () => ({ plan: "pro" });';
const sample = { jti: 'j', aud: 'a', clientId: 'c', kind: 'ClientCredentials' };
const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_id: 'a',
  client_secret: 'b',
  resource: 'https://default.logto.app/api',
  scope: 'all',
}).toString();

interface Step {
  method: string;
  path: string;
  body?: (number: number) => string;
  expected: readonly number[];
}

const write = (number: number): string =>
  JSON.stringify({ script, environmentVariables: { NUMBER: `${number}` } });

/** The requests that each client repeats. Another client may have deleted what it stored. */
const steps: readonly Step[] = [
  { method: 'PUT', path: `${base}/access-token`, body: write, expected: [200, 201] },
  { method: 'PATCH', path: `${base}/access-token`, body: write, expected: [200, 404] },
  { method: 'GET', path: `${base}/access-token`, expected: [200, 404] },
  { method: 'GET', path: base, expected: [200] },
  { method: 'PATCH', path: `${base}/access-token`, body: () => '{"script":1}', expected: [400] },
  { method: 'PUT', path: `${base}/client-credentials`, body: write, expected: [200, 201] },
  { method: 'POST', path: '/oidc/token', body: () => form, expected: [200] },
  {
    method: 'POST',
    path: `${base}/test`,
    body: () => JSON.stringify({ tokenType: 'client-credentials', script, token: sample, context: {} }),
    expected: [200],
  },
  { method: 'DELETE', path: `${base}/access-token`, expected: [204, 404] },
];

const send = async ({ method, path, body }: Step, number: number): Promise<number> => {
  const type = path === '/oidc/token' ? 'application/x-www-form-urlencoded' : 'application/json';
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': type }) },
    ...(body && { body: body(number) }),
  });
  await response.arrayBuffer();
  return response.status;
};

const errors = new Map<string, number>();
let done = 0;
let isOver = false;

const client = async (start: number): Promise<void> => {
  for (let number = start; !isOver && !hasEnded; number += 1) {
    const step = steps[number % steps.length] as Step;
    const outcome = await send(step, number).catch((error: Error) => error.message);
    done += 1;
    if (step.expected.includes(outcome as number)) continue;
    const what = `${step.method} ${step.path}: ${outcome}`;
    errors.set(what, (errors.get(what) ?? 0) + 1);
  }
};

const running = Array.from({ length: clients }, (_, number) => client(number));
const samples: { at: number; kept: number; rss: number }[] = [];
while (done < warmUp && !hasEnded) await wait(100);
const before = done;
const started = performance.now();
const elapsed = (): number => (performance.now() - started) / 1000;
while (elapsed() < seconds && !hasEnded) {
  await wait(500);
  if (hasEnded) break;
  const { kept, rss } = await memoryOf();
  samples.push({ at: elapsed(), kept: kept / 1e6, rss: rss / 1e6 });
}
isOver = true;
await Promise.all(running);
const died = hasEnded;
child.kill();

/** The slope by least squares, in MB per minute. */
const slopeOf = (points: typeof samples): number => {
  const mean = (numbers: number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const [at, kept] = [mean(points.map((point) => point.at)), mean(points.map((point) => point.kept))];
  const above = points.reduce((sum, point) => sum + (point.at - at) * (point.kept - kept), 0);
  return (60 * above) / points.reduce((sum, point) => sum + (point.at - at) ** 2, 0);
};

const slope = slopeOf(samples);
const counted = done - before;
const rss = samples.map((point) => point.rss);
console.log(
  `${clients} clients, ${seconds} s: ${counted} requests, ${Math.round(counted / seconds)} per second`,
);
console.log(`memory of the process: ${Math.min(...rss).toFixed(0)} to ${Math.max(...rss).toFixed(0)} MB`);
console.log(
  `kept after a collection: ${samples[0]?.kept.toFixed(1)} to ${samples.at(-1)?.kept.toFixed(1)} MB, ${slope.toFixed(2)} MB per minute`,
);
for (const [what, times] of errors) console.error(`${times} × ${what}`);
if (died) console.error('the mock ended');
console.log(`${[...errors.values()].reduce((sum, times) => sum + times, 0)} errors`);
if (died || errors.size > 0 || !(slope <= mostGrowth)) process.exitCode = 1;
if (!(slope <= mostGrowth)) console.error(`memory grows by more than ${mostGrowth} MB per minute`);
