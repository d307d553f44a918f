import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadEndpoint, loadFile, loadOurs } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'drift-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** What the endpoint of a server says, and the requests that it had. */
const served = async (answer: RequestListener, path = '') => {
  const requests: { url: string | undefined; headers: object }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url, headers: request.headers });
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const outcome = await loadEndpoint(endpoint + path).catch((error: Error) => error);
    return { outcome, requests, endpoint };
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

describe('a file', () => {
  test('is read, with a byte order mark, too', async () => {
    const path = written('good.json', '\uFEFF{"openapi":"3.0.1"}');
    expect(await loadFile(path)).toEqual({ name: path, document: { openapi: '3.0.1' } });
  });

  test('that is not there is wrong use', async () => {
    await expect(loadFile(join(folder, 'none.json'))).rejects.toMatchObject({
      name: 'UnusableFileError',
      message: expect.stringContaining('none.json cannot be read: ENOENT'),
    });
  });

  test.each(['api.yaml', 'api.txt'])('that is YAML (%s): how to make JSON of it', async (name) => {
    await expect(loadFile(written(name, 'openapi: 3.1.0\npaths: {}\n'))).rejects.toMatchObject({
      name: 'UnusableFileError',
      message: expect.stringContaining('npx @redocly/cli bundle'),
    });
  });

  test('that is cut off is no JSON', async () => {
    await expect(loadFile(written('cut.json', '{"openapi":'))).rejects.toMatchObject({
      name: 'UnreadableDocumentError',
      message: expect.stringContaining('cut.json is not JSON'),
    });
  });
});

test('our document comes with the package', async () => {
  expect((await loadOurs()).document).toHaveProperty(['paths', '/api/configs/jwt-customizer']);
});

describe('an endpoint', () => {
  test('is asked for its document, with nothing secret', async () => {
    const { outcome, requests, endpoint } = await served(
      (_, response) => response.end('{"openapi":"3.0.1"}'),
      '/',
    );
    expect(outcome).toEqual({ name: `${endpoint}/api/swagger.json`, document: { openapi: '3.0.1' } });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toBe('/api/swagger.json');
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
  });

  test.each<[string, RequestListener, string]>([
    [
      'that answers a page',
      (_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'),
      'answers a page (text/html), no document: is this the endpoint of a Logto tenant',
    ],
    ['that answers 404', (_, response) => response.writeHead(404).end(), 'answers 404: is this the endpoint'],
    [
      'that redirects',
      (_, response) => response.writeHead(302, { location: 'https://elsewhere.example' }).end(),
      'redirects to https://elsewhere.example, which is not followed',
    ],
    ['that answers no JSON', (_, response) => response.end('hello'), 'swagger.json is not JSON'],
    [
      'that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{');
        setTimeout(() => response.destroy(), 10);
      },
      'cannot be reached',
    ],
    [
      'that answers without an end',
      (_, response) => {
        const chunk = Buffer.alloc(4 * 1024 * 1024, ' ');
        const more = (): void => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', more).on('error', () => {});
        more();
      },
      'answers more than 64 MiB',
    ],
  ])('%s could not be decided', async (_, answer, message) => {
    const { outcome, requests } = await served(answer);
    expect(outcome).toMatchObject({
      name: 'UnreadableDocumentError',
      message: expect.stringContaining(message),
    });
    expect(requests).toHaveLength(1);
  });

  test('where nothing listens is named', async () => {
    await expect(loadEndpoint('http://127.0.0.1:1024')).rejects.toMatchObject({
      message:
        'http://127.0.0.1:1024/api/swagger.json cannot be reached: ECONNREFUSED. Check that the endpoint is right.',
    });
  });

  test('that is no URL is wrong use', async () => {
    await expect(loadEndpoint('tenant')).rejects.toMatchObject({ name: 'InvalidOptionError' });
  });
});
