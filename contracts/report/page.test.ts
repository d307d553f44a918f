/** The page of a report in a browser, for a run on a tenant that breaks the contract and is hostile. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../scripts/chromium.test-helper.ts';
import { temporaryFolder } from '../../scripts/temporary.test-helper.ts';
import { joinReports, makePage, type Report } from '../../src/contract/index.ts';
import { isObject } from '../../src/contract/json.ts';
import { runContractCommand } from '../conforming/command.ts';
import { hostileText, serveBrokenTenant } from './broken-tenant.ts';

const folder = temporaryFolder();
const file = join(folder, 'page.html');
const url = pathToFileURL(file).href;
const greenFile = join(folder, 'green.html');
const greenUrl = pathToFileURL(greenFile).href;

let browser: Browser;
/** The only page: this Chromium is a single process, which ends when any page is closed. */
let page: Page;
let report: Report;
/** Network requests and errors, which a page must never cause. */
const complaints: string[] = [];

/** The same report with a response whose beginning fills the screen. */
const longer = (result: Report['results'][number]): Report['results'][number] => {
  const { exchange } = result;
  const body = exchange?.response.body;
  if (exchange === undefined || !isObject(body)) return result;
  const response = { ...exchange.response, body: { padding: Array(100).fill(0), ...body } };
  return { ...result, exchange: { ...exchange, response } };
};

beforeAll(async () => {
  const served = await serveBrokenTenant();
  const args = ['--report', `json=${join(folder, 'a.json')}`];
  const starting = launchChromium();
  await runContractCommand({ served, state: folder, args }).ended;
  await served.close();
  report = JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8')) as Report;
  const others = [1, 2, 3, 4, 5].map((number) => ({
    name: `${number}.json`,
    report: { ...report, targets: [{ name: 'tenant', host: `tenant-${number}.example.com` }] },
  }));
  const last = others.at(-1);
  if (last !== undefined) last.report.results = last.report.results.map(longer);
  writeFileSync(file, makePage(joinReports([{ name: 'a.json', report }, ...others])));
  const results = report.results.filter(({ state }) => state !== 'failed');
  const green: Report = { ...report, result: 'passed', results };
  writeFileSync(greenFile, makePage(joinReports([{ name: 'green.json', report: green }])));
  browser = await starting;
  page = await browser.newPage();
  page.on('request', (request) => {
    const [asked = ''] = request.url().split('#');
    if (![url, greenUrl, 'about:blank'].includes(asked)) complaints.push(`asked for ${request.url()}`);
  });
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
}, 120_000);
afterAll(async () => {
  await browser?.close();
});
afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

interface Look {
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

const open = async (
  hash = '',
  { colorScheme = 'light', width = 1280, height = 800 }: Look = {},
): Promise<void> => {
  await page.goto('about:blank');
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height });
  await page.goto(url + hash);
};

/** The result of axe on the page, without the separate page that it would open and close. */
const violations = async () => (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations;

const failedCases = (): string[] =>
  report.results.filter(({ state }) => state === 'failed').map((result) => result.case);
const merges = 'PATCH replaces environmentVariables whole, it does not merge them';

/** Presses Tab until a matching element has the focus. */
const tabTo = async (selector: string): Promise<void> => {
  for (let count = 0; count < 200; count += 1) {
    await page.keyboard.press('Tab');
    if ((await page.locator(':focus').and(page.locator(selector)).count()) > 0) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
};

/** The ids of what is visible below the verdict, in order. */
const sections = () =>
  page.locator('main > :visible').evaluateAll((elements) => elements.map(({ id }) => id));

test('shows the verdict, then the failures, the targets, the filters and the matrix', async () => {
  await open();
  expect(await page.locator('h1').innerText()).toContain(`${failedCases().length} cases failed`);
  expect(await page.title()).toBe(`✗ ${failedCases().length} cases failed · Contract report`);
  expect(await sections()).toEqual(['failures', 'targets', 'runs', 'filters', 'cases']);
  expect(await page.locator('#failures h3').allInnerTexts()).toEqual(failedCases());
  expect(await page.locator('#target-list li').count()).toBe(6);
});

test('without failures the targets follow the verdict', async () => {
  await page.goto(greenUrl);
  expect(await sections()).toEqual(['targets', 'filters', 'cases']);
});

test('on a phone the first failure is on the first screen, with its first finding', async () => {
  await open('', { width: 390, height: 844 });
  const first = page.locator('.failure').first();
  expect(await first.locator('h3').innerText()).toBe(failedCases()[0]);
  const box = await first.locator('.exchange').first().boundingBox();
  expect((box?.y ?? 844) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
});

test('links are named after what they lead to', async () => {
  await open(`#text=${encodeURIComponent(merges)}`);
  await page.locator('#failures details.rule summary').click();
  await page.locator('#failures .does').waitFor();
  expect(await page.locator('#failures a').allInnerTexts()).toEqual([
    'Show only the cases of rule patch-merges',
    expect.stringContaining('Show only this case'),
  ]);
  expect(await page.locator('#failures .facts').innerText()).toContain(
    'recording: update access-token: environmentVariables replace, not merge',
  );
});

describe('filters', () => {
  test('apply to failures and matrix, are kept in the URL, and can be cleared', async () => {
    await open();
    await page.selectOption('#filter-rule', 'patch-merges');
    await page.selectOption('#filter-state', 'failed');
    await page.selectOption('#filter-target', 'tenant-2.example.com');
    await page.fill('#filter-text', 'environmentVariables whole');
    expect(await page.locator('#shown').innerText()).toBe(`1 of ${report.cases.length} cases`);
    expect(await page.locator('#failures h3').allInnerTexts()).toEqual([merges]);
    expect(await page.locator('thead th').allInnerTexts()).toEqual([
      'Rule and case',
      expect.stringContaining('tenant-2.example.com'),
    ]);
    const shared = page.url();
    expect(shared).toContain('#text=environmentVariables+whole&state=failed');
    await page.reload();
    expect(await page.locator('tr.case').allInnerTexts()).toEqual([expect.stringContaining(merges)]);
    expect(await page.inputValue('#filter-target')).toBe('tenant-2.example.com');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    expect(await page.locator('#shown').innerText()).toBe(`${report.cases.length} cases`);
  });

  test('for passed cases hide the failures; without a match they report it', async () => {
    await open('#state=passed');
    expect(await page.locator('#failures').isVisible()).toBe(false);
    await page.fill('#filter-text', 'no case is called so');
    expect(await page.locator('#matrix').innerText()).toBe('No case matches the filters.');
  });

  test('stay where they are on the screen when failures appear above them', async () => {
    await open('#state=passed', { height: 1200 });
    const top = async (): Promise<number> => (await page.locator('#filters').boundingBox())?.y ?? Number.NaN;
    const before = await top();
    await page.selectOption('#filter-state', '');
    await page.locator('.failure').first().waitFor();
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
  });

  test('are set by the name of a target', async () => {
    await open();
    await page.getByRole('link', { name: 'tenant-3.example.com' }).click();
    await expect.poll(() => page.inputValue('#filter-target')).toBe('tenant-3.example.com');
  });
});

test('an exchange unfolds, its difference marked by a sign and not only by colour', async () => {
  await open(`#text=${encodeURIComponent(merges)}`);
  const exchange = page.locator('#failures .exchange').first();
  expect(await exchange.locator('pre').count()).toBe(0);
  await exchange.locator('summary').click();
  const found = exchange.getByRole('group', { name: 'Response body' }).locator('.line.found');
  await found.first().waitFor();
  expect((await found.allTextContents()).map((text) => text.trim())).toEqual([
    expect.stringMatching(/^\+ found: +"PLAN": "pro",$/),
    expect.stringMatching(/^\+ found: +"REGION": "eu",?$/),
  ]);
  expect(await exchange.getByRole('group', { name: 'Request line and headers' }).innerText()).toContain(
    'PATCH /api/configs/jwt-customizer/access-token',
  );
  expect(await exchange.getByRole('group', { name: 'curl command' }).innerText()).toContain(
    'curl -i -X PATCH',
  );
  expect(await exchange.locator('.findings li').first().innerText()).toContain('− expected nothing');
});

test('a difference far down in a long body is visible', async () => {
  await open(`#text=${encodeURIComponent(merges)}&target=tenant-5.example.com`);
  const exchange = page.locator('#failures .exchange');
  await exchange.locator('summary').click();
  const found = exchange.getByRole('group', { name: 'Response body' }).locator('.line.found').first();
  await found.waitFor();
  const placeInBlock = (): Promise<string> =>
    found.evaluate((line) => {
      const block = line.parentElement?.getBoundingClientRect();
      const { top, bottom } = line.getBoundingClientRect();
      if (block === undefined) return 'nowhere';
      return top < block.top ? 'above' : bottom > block.bottom ? 'below' : 'in sight';
    });
  await expect.poll(placeInBlock).toBe('in sight');
});

test('the rule and its evidence are one click away', async () => {
  await open(`#text=${encodeURIComponent(merges)}`);
  const rule = page.locator('#failures details.rule').first();
  await rule.locator('summary').click();
  await rule.locator('.does').waitFor();
  expect(await rule.innerText()).toContain(report.rules['patch-merges']?.does);
  expect(await rule.locator('li').allInnerTexts()).toContain(
    'recording: update access-token: environmentVariables replace, not merge',
  );
  await rule.getByRole('link').click();
  await expect.poll(() => page.inputValue('#filter-rule')).toBe('patch-merges');
});

test('a failure, its exchange, its rule, and a case of the matrix are reachable by keyboard', async () => {
  await open();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').getAttribute('id')).toBe('cases');
  await tabTo('tr.rule .toggle');
  await page.keyboard.press('Enter');
  await tabTo('tr.case .toggle');
  await page.keyboard.press('Space');
  await page.locator('tr.below .exchange').first().waitFor();
  await page.reload();
  await tabTo('#filter-text');
  await page.keyboard.type('environmentVariables whole');
  await tabTo('#failures details.rule > summary');
  await page.keyboard.press('Enter');
  await page.locator('#failures .does').waitFor();
  await tabTo('#failures .exchange > summary');
  await page.keyboard.press('Enter');
  await page.locator('#failures .line.found').first().waitFor();
});

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test('axe finds no problems, folded or unfolded', { timeout: 120_000 }, async () => {
    await open('#state=failed&target=tenant-1.example.com', { colorScheme });
    expect(await violations()).toEqual([]);
    await page.fill('#filter-text', 'environmentVariables whole');
    await page.locator('#failures .exchange summary').click();
    await page.locator('#failures details.rule summary').click();
    await page.locator('#failures .line.found').first().waitFor();
    await page.locator('#failures .does').waitFor();
    expect(await page.locator('tr.below .exchange').count()).toBe(1);
    expect(await violations()).toEqual([]);
  });
});

test('the page follows the colour scheme of the system', async () => {
  const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  await open('', { colorScheme: 'light' });
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground()).not.toBe(light);
});

test('on a phone only the matrix, in its frame, is wider than the screen', async () => {
  await open('#text=etag', { width: 360 });
  const summaries = await page.locator('#failures .exchange summary').all();
  for (const summary of summaries) await summary.click();
  await expect.poll(() => page.locator('#failures .exchange .parts').count()).toBe(summaries.length);
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  const matrix = await page.evaluate<number>("document.getElementById('matrix').scrollWidth");
  const frame = await page.evaluate<number>("document.getElementById('matrix').clientWidth");
  expect(width).toBe(360);
  expect(matrix).toBeGreaterThan(frame);
});

test('a response is always shown as text', async () => {
  const hostile = report.results.find(({ exchange }) =>
    JSON.stringify(exchange?.response.body)?.includes('onerror'),
  );
  if (hostile === undefined) throw new Error('the tenant was not hostile');
  await open(`#text=${encodeURIComponent(hostile.case)}`);
  await page.locator('tr.below .exchange summary').first().click();
  const body = await page.getByRole('group', { name: 'Response body' }).first().textContent();
  expect(body).toContain('</script><script>document.title');
  expect(body).toContain(String.raw`\u2028`);
  expect(hostileText).toContain('\u2028');
  expect(await page.title()).toContain('Contract report');
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.locator('script').count()).toBe(2);
});

test('makes no network requests and runs only its own script', async () => {
  await open();
  const policy = await page.locator('meta[http-equiv]').getAttribute('content');
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+'; /);
  const ran = await page.evaluate<string>(`
    const script = document.createElement('script');
    script.textContent = 'document.body.dataset.ran = "yes"';
    document.body.append(script);
    document.body.dataset.ran ?? 'no'`);
  expect(ran).toBe('no');
  expect(complaints.splice(0)).toEqual([expect.stringContaining('Content Security Policy')]);
});
