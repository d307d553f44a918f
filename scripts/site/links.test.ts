import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../repository.ts';
import { checkLinks } from './check-links.ts';
import { navigationOf } from './content.ts';
import { repositoryLink, rewriteLinks, splitTitle } from './pages.ts';

describe('links of the repository', () => {
  const rewritten = (markdown: string, folder = 'docs'): string =>
    rewriteLinks(markdown, folder, (path) => `</${path}>`);

  test.each([
    ['[a](faults.md)', '[a](</docs/faults.md>)'],
    ['[a](../README.md#the-mock) and [b](api/)', '[a](</README.md>#the-mock) and [b](</docs/api>)'],
    ['[a](api.md "title")', '[a](</docs/api.md> "title")'],
    [`[a](${repository}/blob/main/docs/api.md#x)`, '[a](</docs/api.md>#x)'],
    ['[`a`](x.md), `b` [c](y.md)', '[`a`](</docs/x.md>), `b` [c](</docs/y.md>)'],
  ])('%s is rewritten', (markdown, expected) => expect(rewritten(markdown)).toBe(expected));

  test.each([
    'https://logto.io is [Logto](https://logto.io)',
    '[below](#below)',
    '`[a](b.md)`, ``[a](`b.md)``',
    '```js\nf[0](x)\n```',
    '````md\n```\n[a](b.md)\n```\n````',
  ])('%s stays', (markdown) => expect(rewritten(markdown)).toBe(markdown));

  test.each([
    ['.github/workflows/docs.yml', 'blob'],
    ['docs/api', 'tree'],
  ])('%s, which is not a page, becomes a link to the repository', (path, view) =>
    expect(repositoryLink(path, 'docs/a.md')).toBe(`${repository}/${view}/main/${path}`),
  );

  test('a link to a missing file is an error', () =>
    expect(() => repositoryLink('docs/b.md', 'docs/a.md')).toThrow(
      'docs/a.md links to docs/b.md, which does not exist',
    ));
});

test('the first heading of a page is its title, and a page without one is an error', () => {
  expect(splitTitle('a.md', '<!-- made -->\n\n# The `a`\n\ntext\n')).toEqual({
    title: 'The a',
    body: '\ntext\n',
  });
  expect(() => splitTitle('a.md', 'text\n')).toThrow('a.md does not begin with "# Title"');
});

test('a page that is not in the navigation is the last of the guides', () => {
  const page = (slug: string) => ({ slug, source: `docs/${slug}.md`, title: slug, body: '' });
  const [guides] = navigationOf([page('new'), page('index'), page('bench')]);
  expect(guides?.items.map(({ slug }) => slug)).toEqual(['index', 'new']);
});

test('broken links, broken fragments, plain http and pages without links to them are reported', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  const write = (path: string, body: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `<!doctype html><title>page</title>${body}`);
  };
  try {
    write('404.html', 'nothing here');
    write(
      'index.html',
      '<h2 id=here>x</h2><a href="#here">a</a><a href="/base/a/#there">b</a><a href="https://logto.io">c</a>' +
        '<a href="/base/b/">d</a><a href="/a/">e</a><a href="/base/a/#nowhere">f</a><a href="http://logto.io">g</a>',
    );
    write('a/index.html', '<h2 id=there>x</h2>');
    write('orphan/index.html', 'x');
    expect(await checkLinks(folder, '/base/')).toEqual([
      '/base/: broken link /base/a/#nowhere',
      '/base/: broken link /base/b/',
      expect.stringMatching(/^\/base\/: broken link http:\S+\/a\/$/),
      'http://logto.io/ is not https',
      'no page links to /base/orphan/',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
