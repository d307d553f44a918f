/** Opens the built site in Chromium, with no network except the site's own server. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '../chromium.test-helper.ts';
import { pagesOf, serveSite } from './check-links.ts';
import { root } from './pages.ts';

export const siteFolder = join(root, 'site');

/** The base path of the built site. */
const baseOf = (folder: string): string => {
  const landing = join(folder, 'index.html');
  if (!existsSync(landing)) throw new Error('site/ does not exist: run `npm run docs` first');
  const [, base] = /href="([^"]*)favicon\.svg"/.exec(readFileSync(landing, 'utf8')) ?? [];
  if (base === undefined) throw new Error('site/index.html has no favicon.svg');
  return base;
};

/** `complaints` are console errors, exceptions, failed requests and requests to other hosts. */
export const openSite = async () => {
  const { url, close } = await serveSite(siteFolder, baseOf(siteFolder));
  const browser = await launchChromium();
  return {
    /** Ends in `/`. */
    url,
    /** Every page, as a path below `url`. */
    pages: pagesOf(siteFolder),
    open: async ({
      width,
      height,
      scheme = 'light',
    }: {
      width: number;
      height: number;
      scheme?: 'light' | 'dark';
    }) => {
      const complaints: string[] = [];
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
      const page = await context.newPage();
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()))
          complaints.push(`${page.url()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
      page.on('response', (response) => {
        if (response.status() >= 400)
          complaints.push(`${page.url()}: ${response.status()} ${response.url()}`);
      });
      page.on('request', (asked) => {
        if (new URL(asked.url()).origin !== new URL(url).origin)
          complaints.push(`${page.url()}: requested ${asked.url()}`);
      });
      return { page, complaints };
    },
    close: async () => {
      await browser.close();
      await close();
    },
  };
};

export type OpenSite = Awaited<ReturnType<typeof openSite>>;
