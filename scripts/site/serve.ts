import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * Serves a folder as a host of static sites does: a folder is its `index.html`, what is not there is `404.html`.
 *
 * @param base - the path that the folder stands at, with `/` at both ends
 */
export const serveSite = async (
  folder: string,
  base: string,
): Promise<{ url: string; close: () => Promise<void> }> => {
  const fileOf = (path: string): string | undefined => {
    if (!path.startsWith(base)) return undefined;
    const file = join(folder, normalize(`/${decodeURIComponent(path.slice(base.length))}`));
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isFile()) return file;
    const index = join(file, 'index.html');
    return found?.isDirectory() && statSync(index, { throwIfNoEntry: false })?.isFile() ? index : undefined;
  };
  const server = createServer(({ url = '/' }, response) => {
    const file = fileOf(new URL(url, 'http://localhost').pathname);
    const sent = file ?? join(folder, '404.html');
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': types[extname(sent)] ?? 'application/octet-stream',
    });
    createReadStream(sent).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
