/**
 * Makes the images in docs/images/ from real runs: the terminal, the report of a tenant that breaks the contract, and
 * the home page of the site that `npm run docs` has built.
 *
 *     node scripts/screenshots.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { main, runContractCommand } from '../contracts/conforming/command.ts';
import { serveBrokenTenant } from '../contracts/report/broken-tenant.ts';
import { liveVariables } from '../src/contract/index.ts';
import { openSite } from './site/browser.test-helper.ts';

const images = resolve(import.meta.dirname, '../docs/images');
mkdirSync(images, { recursive: true });
/** In bytes. */
const largest = 150_000;

/** As much of sharp as is used: Astro installs it beside the site, where the compiler does not look. */
type Sharp = (image: Buffer) => {
  png(options: { palette: boolean }): { toFile(path: string): Promise<{ size: number }> };
};

const loadSharp = (): Sharp => createRequire(resolve(import.meta.dirname, 'site/package.json'))('sharp');

const shoot = async (page: Page, name: string): Promise<void> => {
  const image = await page.screenshot({ animations: 'disabled' });
  const { size } = await loadSharp()(image)
    .png({ palette: true })
    .toFile(join(images, `${name}.png`));
  console.log(`docs/images/${name}.png: ${size} bytes`);
  if (size > largest) throw new Error(`${name}.png is larger than ${largest} bytes`);
};

/** Text as a terminal of 80 columns shows it. */
const shootTerminal = async (page: Page, name: string, text: string): Promise<void> => {
  await page.setContent(
    '<body style="margin: 0; background: #16161d"><pre style="margin: 0; padding: 16px; width: 80ch; ' +
      'font: 13px/1.35 monospace; color: #e4e4ec; white-space: pre-wrap; line-break: anywhere"></pre>',
  );
  const terminal = page.locator('pre');
  await terminal.evaluate((element, content) => {
    element.textContent = content;
  }, text.trimEnd());
  const { width, height } = (await terminal.boundingBox()) ?? { width: 0, height: 0 };
  await page.setViewportSize({ width: Math.ceil(width), height: Math.ceil(height) });
  await shoot(page, name);
};

const folder = mkdtempSync(join(tmpdir(), 'screenshots-'));
const site = await openSite();
const tenant = await serveBrokenTenant();
try {
  const { page } = await site.open({ width: 1280, height: 800 });
  await page.goto(site.url);
  await shoot(page, 'site-home');

  const withoutTenant = Object.fromEntries(liveVariables.map((name) => [name, undefined]));
  const env = { ...process.env, ...withoutTenant };
  await shootTerminal(
    page,
    'contract-passed',
    execFileSync(process.execPath, [main, 'contract'], { env, encoding: 'utf8' }),
  );

  const run = async (...args: string[]): Promise<string> =>
    (await runContractCommand({ served: tenant, state: folder, args }).ended).output;
  const failing = await run('-t', 'environmentVariables');
  // Above the first failure is where the customizers of this machine were saved.
  await shootTerminal(page, 'contract-failed', failing.slice(failing.indexOf('✗')));

  const report = join(folder, 'report.html');
  await run('--report', `html=${report}`);
  await page.goto(pathToFileURL(report).href);
  await page.setViewportSize({ width: 1024, height: 768 });
  await shoot(page, 'report-desktop');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate('scrollTo(0, 0)');
  await shoot(page, 'report-phone');
} finally {
  await tenant.close();
  await site.close();
  rmSync(folder, { recursive: true });
}
