/** Tests the packed package in a Web Worker of Chromium, bundled like an application. */
import { copyFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, inject, test } from 'vitest';
import { type Hook, serveTenant } from '../../contracts/conforming/index.ts';
import { launchChromium } from '../chromium.test-helper.ts';
import { createConsumer } from '../package/consumer.test-helper.ts';
import { everyOperation, expected } from './tools.test-helper.ts';

const { folder, write, install } = createConsumer();

/** Serves a page and the worker's files on a local port. */
const startSite = async () => {
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>worker</title>');
      return;
    }
    readFile(join(folder, 'site', request.url ?? ''))
      .then((file) => response.setHeader('content-type', 'text/javascript').end(file))
      .catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((closed) => server.close(closed)),
  };
};

/** The tenant is on another port, so requests to it need CORS. */
const cors =
  (origin: string): Hook =>
  async ({ method, headers }, next) => {
    const allowed = {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': method === 'OPTIONS' ? 'GET, PUT, PATCH, DELETE, POST' : '',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
      'access-control-expose-headers': 'Logto-Core-Request-Id',
    };
    if (method === 'OPTIONS') return { status: 204, headers: allowed, body: '' };
    const { status, headers: own, body } = await next();
    return { status, headers: { ...own, ...allowed }, body };
  };

beforeAll(async () => {
  await install(inject('tarball'));
  copyFileSync(join(import.meta.dirname, 'exercise.js'), join(folder, 'exercise.js'));
  write(
    'worker.js',
    `import * as api from 'logto-jwt-customizer';
import { exercise } from './exercise.js';
self.onmessage = async ({ data }) => {
  try {
    const isWorker = typeof WorkerGlobalScope === 'function' && self instanceof WorkerGlobalScope;
    self.postMessage({ isWorker, came: await exercise(api, data) });
  } catch (error) {
    self.postMessage({ failed: String(error.stack ?? error) + '\\n' + String(error.cause ?? '') });
  }
};
`,
  );
  await build({
    entryPoints: [join(folder, 'worker.js')],
    outdir: join(folder, 'site'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'silent',
  });
}, 300_000);

test('every operation works in a Web Worker', async () => {
  const site = await startSite();
  const { credentials, counts, close } = await serveTenant({}, cors(site.url));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    const result = await page.evaluate(`new Promise((came, failed) => {
      const worker = new Worker('/worker.js', { type: 'module' });
      worker.onmessage = ({ data }) => came(data);
      worker.onerror = ({ message }) => failed(new Error(message));
      worker.postMessage(${JSON.stringify(credentials)});
    })`);
    expect(result).toEqual({ isWorker: true, came: expected });
    const { token: _, ...operations } = counts;
    expect(operations).toMatchObject(everyOperation);
  } finally {
    await browser.close();
    await close();
    await site.close();
  }
}, 60_000);
