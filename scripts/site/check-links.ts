import { createReadStream, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * Serves a folder like a static host: `index.html` for a folder, `404.html` for a missing file.
 *
 * @param base - the base path of the folder, with `/` at both ends
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

/** The used part of linkinator, which is installed in this folder, where the compiler does not look. */
interface Linkinator {
  check(options: {
    path: string;
    recurse: boolean;
    checkFragments: boolean;
    linksToSkip: (link: string) => Promise<boolean>;
  }): Promise<{ links: { url: string; state: string; status?: number; parent?: string }[] }>;
}

const load = async (): Promise<Linkinator> => {
  const require = createRequire(join(import.meta.dirname, 'package.json'));
  return (await import(pathToFileURL(require.resolve('linkinator')).href)) as Linkinator;
};

/** The pages of the folder as paths below the base: `client/`, or `` for the home page. */
export const pagesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)index\.html$/.test(file))
    .map((file) => file.slice(0, -'index.html'.length));

/**
 * Follows each link of a built site from its home page, including fragments. Links to other sites are not fetched.
 *
 * @param base - the base path of the site, with `/` at both ends
 * @returns a line for each broken link, each link to another site that is not https, and each page without a link to it
 */
export const checkLinks = async (folder: string, base: string): Promise<string[]> => {
  const { check } = await load();
  const { url, close } = await serveSite(folder, base);
  try {
    const elsewhere = new Set<string>();
    const linksToSkip = async (link: string): Promise<boolean> => {
      const isElsewhere = new URL(link).origin !== new URL(url).origin;
      if (isElsewhere) elsewhere.add(link);
      return isElsewhere;
    };
    const { links } = await check({ path: url, recurse: true, checkFragments: true, linksToSkip });
    const dead = links.filter(({ state, url, parent }) => state === 'BROKEN' && parent !== url);
    const reached = new Set(links.map((link) => link.url.split('#')[0]));
    const short = (link = ''): string => link.replace(url, base);
    return [
      ...dead.map((link) => `${short(link.parent)}: broken link ${short(link.url)}`),
      ...[...elsewhere]
        .filter((link) => !/^https:\/\/[\w.-]+\.\w+(\/|$)/.test(link))
        .map((link) => `${link} is not https`),
      ...pagesOf(folder)
        .filter((page) => !reached.has(`${url}${page}`))
        .map((page) => `no page links to ${base}${page}`),
    ].sort();
  } finally {
    await close();
  }
};
