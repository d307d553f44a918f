/** Writes Astro's input: a Markdown file for each page, the navigation and the document. None of it is committed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { forReference } from './openapi.ts';
import {
  groups,
  type Page,
  readSource,
  repositoryLink,
  repositoryPages,
  rewriteLinks,
  root,
} from './pages.ts';
import { rulesPage } from './rules-page.ts';

const written = (page: Page, body: string): string =>
  [
    '---',
    `title: ${JSON.stringify(page.title)}`,
    `slug: ${JSON.stringify(page.slug)}`,
    // A wide table takes the space of the table of contents.
    ...(/^##+ /m.test(page.body) && !/^(\|[^|\n]*){7,}\|$/m.test(page.body)
      ? []
      : ['tableOfContents: false']),
    '---',
    '',
    body,
  ].join('\n');

interface NavigationGroup {
  label: string;
  items: { label: string; slug: string }[];
}

/** The pages of the navigation, in groups. */
export const navigationOf = (pages: readonly Page[]): NavigationGroup[] => {
  const listed = new Set(groups.flatMap((group) => group.pages.map(({ slug }) => slug)));
  const item = ({ slug, title, label }: Page) => ({ label: label ?? title, slug });
  return groups.map(({ label, pages: slugs }, index) => ({
    label,
    items: [
      ...slugs.flatMap(({ slug }) => pages.filter((page) => page.slug === slug)),
      ...(index === 0 ? pages.filter(({ slug }) => !listed.has(slug)) : []),
    ].map(item),
  }));
};

/**
 * Generates the content of the site.
 *
 * @param folder - emptied first
 * @param base - the base path of the site, with `/` at both ends
 * @returns the number of pages, without the reference of the document
 */
export const writeContent = (folder: string, base: string): number => {
  rmSync(folder, { recursive: true, force: true });
  const pages = [...repositoryPages(), rulesPage()];
  const navigation = navigationOf(pages);
  const bySource = new Map(pages.map((page) => [page.source, page]));
  const linkTo = (path: string, from: string): string => {
    const page = bySource.get(path);
    return page === undefined ? repositoryLink(path, from) : `${base}${page.slug}/`.replace(/index\/$/, '');
  };
  for (const page of pages) {
    const file = join(folder, 'docs', `${page.slug}.md`);
    mkdirSync(dirname(file), { recursive: true });
    // Astro takes an image from where it is in the repository.
    const body = rewriteLinks(page.body, posix.dirname(page.source), (path) =>
      path.endsWith('.png') ? relative(dirname(file), join(root, path)) : linkTo(path, page.source),
    );
    writeFileSync(file, written(page, body));
  }
  writeFileSync(join(folder, 'navigation.json'), JSON.stringify(navigation));
  const document = forReference(JSON.parse(readSource('generated/openapi.json')));
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
  return pages.length;
};
