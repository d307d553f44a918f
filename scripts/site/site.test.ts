/** Tests the built site in Chromium, without a network. `npm run docs` builds it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNightly } from '../../contracts/nightly.ts';
import { ruleText } from '../../src/cli/rules.ts';
import { rules } from '../../src/contract/index.ts';
import { type OpenSite, openSite } from './browser.test-helper.ts';

let site: OpenSite;
let desktop: Awaited<ReturnType<OpenSite['open']>>;
let dark: Awaited<ReturnType<OpenSite['open']>>;
let phone: Awaited<ReturnType<OpenSite['open']>>;

beforeAll(async () => {
  site = await openSite();
  desktop = await site.open({ width: 1280, height: 800 });
  dark = await site.open({ width: 1280, height: 800, scheme: 'dark' });
  phone = await site.open({ width: 390, height: 844 });
});
afterAll(async () => {
  await site?.close();
});

const goto = async (page: Page, path: string): Promise<void> => {
  await page.goto(site.url + path);
};

test.each([
  ['a desk', () => desktop.page, 800],
  ['a phone', () => phone.page, 844],
])("the first screen of %s is the README's: what a customizer is and how it fails", async (_, of, height) => {
  const page = of();
  await goto(page, '');
  for (const text of ['A JWT customizer is a script', 'Logto issues the token without your claims']) {
    const box = await page.locator('main p', { hasText: text }).first().boundingBox();
    expect((box?.y ?? height) + (box?.height ?? 0), text).toBeLessThanOrEqual(height);
  }
  expect(await page.locator('main').textContent()).not.toContain('From a checkout');
});

test('every page fits the width of a phone', async () => {
  const paths = site.pages;
  expect(paths.length).toBeGreaterThan(25);
  const { page } = phone;
  for (const path of paths.filter((_, index) => isNightly || index % 2 === 0)) {
    await goto(page, path);
    expect(await page.locator('h1').count(), path).toBe(1);
    const { scrollWidth } = await page.evaluate<{ scrollWidth: number }>(
      '({ scrollWidth: document.documentElement.scrollWidth })',
    );
    expect(scrollWidth, `${path} is wider than the screen`).toBeLessThanOrEqual(390);
  }
}, 240_000);

test('on a phone, paths and field names are not cut off', async () => {
  const { page } = phone;
  await goto(page, 'http-api/operations/updatejwtcustomizer/');
  const path = page.locator('.sl-openapi-operation-method-path').first();
  expect(await path.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  const linesOf = (text: string): Promise<number> =>
    page
      .locator('main')
      .getByText(text, { exact: true })
      .first()
      .evaluate((element) => Math.round(element.getBoundingClientRect().height / 24));
  expect(await linesOf('environmentVariables')).toBe(1);
  await goto(page, 'compatibility/');
  const pointer = page.locator('td code', { hasText: /^\/contextSample\/interaction$/ }).first();
  expect(await pointer.evaluate(({ innerHTML }) => innerHTML.split('<wbr>').filter(Boolean))).toEqual([
    '/contextSample/',
    'interaction',
  ]);
});

test.each([
  ['environmentVariables', 'http-api/operations/updatejwtcustomizer/#request-body', 'environmentVariables'],
  ['etags-guard-nothing', 'rules/#etags-guard-nothing', 'etags-guard-nothing'],
  ['entity.not_exists_with_id', 'http-api/operations/updatejwtcustomizer/#404', 'entity.not_exists_with_id'],
])('a search for %s leads to %s using only the keyboard', async (query, target, text) => {
  const { page } = desktop;
  await goto(page, 'client/');
  await page.locator('dialog input').waitFor({ state: 'attached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type(query);
  const link = page.locator(`dialog[open] a[href$="/${target}"]`);
  await link.waitFor();
  for (let tabs = 0; tabs < 60; tabs += 1) {
    if (await link.evaluate((element) => element === element.ownerDocument.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${target}`);
  expect(await page.locator('main').textContent()).toContain(text);
});

test('the rules have the same texts as the command line, with evidence and cases', async () => {
  const { page } = desktop;
  await goto(page, 'rules/');
  const plain = (text: string): string => text.replaceAll('`', '').replaceAll(/\s+/g, ' ');
  const shown = plain((await page.locator('main').textContent()) ?? '');
  for (const [code, rule] of Object.entries(rules)) {
    expect(await page.locator(`h2[id="${code}"]`).count(), code).toBe(1);
    const { title, does, since, evidence, cases } = ruleText(code, rule);
    const texts = [title, does, since, ...evidence.map((name) => name.replace(/^README: /, ''))];
    for (const text of [...texts, ...cases.map(({ name }) => name)])
      expect(shown.includes(plain(text)), `${code}: ${text}`).toBe(true);
  }
});

test('the reference shows PATCH with the schemas and examples of both variants', async () => {
  const { page } = desktop;
  await goto(page, 'http-api/operations/updatejwtcustomizer/');
  const body = page
    .locator('section, div')
    .filter({ has: page.locator('#request-body') })
    .last();
  expect(await page.locator('main').textContent()).toContain('/api/configs/jwt-customizer/{tokenTypePath}');
  expect(await body.count()).toBe(1);
  for (const variant of ['AccessTokenJwtCustomizer', 'ClientCredentialsJwtCustomizer']) {
    const tab = page.getByRole('tab', { name: variant }).first();
    await tab.click();
    expect(await tab.getAttribute('aria-selected')).toBe('true');
  }
  const select = page.locator('select:has(option:has-text("client-credentials-every-field"))').first();
  await select.selectOption({ label: 'client-credentials-every-field' });
  await page.locator('pre:visible', { hasText: '"ClientCredentials"' }).first().waitFor();
  await select.selectOption({ label: 'access-token-every-field' });
  await page.locator('pre:visible', { hasText: '"AccessToken"' }).first().waitFor();
});

test('the keyboard can skip the navigation', async () => {
  const { page } = desktop;
  await goto(page, 'client/');
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toContain('Skip to content');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/client/#_top');
});

/** Starlight's own violations, which a style sheet cannot fix. */
const accepted: Record<string, string> = {
  'label-content-name-mismatch: <button data-open-modal':
    'its label is "Search", as shown; the rest is the shortcut, which aria-keyshortcuts announces',
};

const operation = 'http-api/operations/getjwtcustomizer/';

describe.each([
  ['light', 'a desk', ['', 'client/', 'divergences/', 'rules/', operation]],
  ['dark', 'a desk', isNightly ? ['', 'client/', 'divergences/', operation] : ['', operation]],
  ['light', 'a phone', isNightly ? ['', 'divergences/', 'bench/'] : ['divergences/']],
] as const)('in %s colours on %s', (scheme, on, paths) => {
  test.each(paths)(
    '/%s conforms to WCAG 2 A and AA',
    async (path) => {
      const { page } = on === 'a phone' ? phone : scheme === 'light' ? desktop : dark;
      await goto(page, path);
      expect(await page.locator('html').getAttribute('data-theme')).toBe(scheme);
      // The scripts that make scrollable elements focusable wait until the browser is idle.
      const focusable =
        '[...document.querySelectorAll("pre, table")].every((element) => ' +
        'element.scrollWidth <= element.clientWidth || element.tabIndex === 0)';
      await page.waitForFunction(focusable);
      const { violations } = await new AxeBuilder({ page })
        // No page has a frame; without this, axe collects the result in a separate page.
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      const isAccepted = (violation: string): boolean =>
        Object.keys(accepted).some((start) => violation.startsWith(start));
      for (const [start, reason] of path === '' ? Object.entries(accepted) : [])
        console.info(`accepted: ${start}…: ${reason}`);
      expect(found.filter((violation) => !isAccepted(violation))).toEqual([]);
    },
    120_000,
  );
});

test('no page made requests to other hosts or had an error', () =>
  expect([desktop, dark, phone].flatMap(({ complaints }) => complaints)).toEqual([]));
