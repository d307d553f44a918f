/** The pages of the site: one for each Markdown file for readers, in the order of the navigation. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { repository } from '../repository.ts';

export const root = resolve(import.meta.dirname, '../..');
export const readSource = (path: string): string => readFileSync(join(root, path), 'utf8');

export interface Page {
  /** The path on the site, without leading and trailing slashes. */
  slug: string;
  /** The file in the repository, with `/` between folders. */
  source: string;
  title: string;
  /** The title in the navigation, if the page's own is long. */
  label?: string;
  /** The Markdown below the title, with links as in the repository. */
  body: string;
}

/**
 * Splits a Markdown file into its title and the rest.
 *
 * @throws Error if it does not begin with a heading
 */
export const splitTitle = (source: string, text: string): Pick<Page, 'title' | 'body'> => {
  const [, title, body] = /^(?:<!--[\s\S]*?-->\s*)?# (.+)\n([\s\S]*)$/.exec(text) ?? [];
  if (title === undefined || body === undefined) throw new Error(`${source} does not begin with "# Title"`);
  return { title: title.replaceAll('`', ''), body };
};

/** The navigation. A page of `docs/` that is not listed is at the end of the guides. */
export const groups: { label: string; pages: { slug: string; label?: string }[] }[] = [
  {
    label: 'Guides',
    pages: [
      { slug: 'index', label: 'Getting started' },
      { slug: 'first-claim', label: 'Deploy a first claim' },
      { slug: 'scripts', label: 'Write a script' },
      { slug: 'recipes' },
      { slug: 'deploy', label: 'Deploy scripts' },
      { slug: 'deploy-in-ci', label: 'Deploy in CI' },
      { slug: 'client', label: 'Use the client' },
      { slug: 'mock', label: 'Test an API' },
      { slug: 'contract', label: 'Check a tenant' },
      { slug: 'ci', label: 'Check in CI' },
      { slug: 'drift', label: 'Notice an upgrade' },
      { slug: 'report', label: 'Read a report' },
      { slug: 'troubleshooting' },
    ],
  },
  {
    label: 'Reference',
    pages: [
      { slug: 'api', label: 'TypeScript API' },
      { slug: 'support' },
      { slug: 'faults', label: 'Faults and retries' },
    ],
  },
  {
    label: 'Evidence',
    pages: [
      { slug: 'rules', label: 'Rules' },
      { slug: 'compatibility', label: 'Releases of Logto' },
      { slug: 'divergences', label: 'Divergences' },
      { slug: 'recordings', label: 'Recordings' },
      { slug: 'mock-parity', label: 'Mock and tenants' },
      { slug: 'bench', label: 'Benchmarks' },
    ],
  },
  { label: 'Project', pages: [{ slug: 'contributing' }, { slug: 'changelog', label: 'Changelog' }] },
];

const places = new Map(groups.flatMap(({ pages }) => pages.map((place) => [place.slug, place])));

/** The README's part for contributors, which the site omits. */
const checkout = /^### From a checkout\n[\s\S]*?(?=^## )/m;

const markdownPage = (slug: string, source: string): Page => {
  const { title, body } = splitTitle(source, readSource(source));
  const place = places.get(slug);
  return {
    ...place,
    slug,
    source,
    title,
    body: body.replace(checkout, ''),
  };
};

/** The pages from the repository's Markdown. */
export const repositoryPages = (): Page[] => {
  const guides = readdirSync(join(root, 'docs'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map(({ name }) => [name.slice(0, -'.md'.length), `docs/${name}`] as const);
  const examples = readdirSync(join(root, 'docs/examples')).map(
    (name) => [`examples/${name}`, `docs/examples/${name}/README.md`] as const,
  );
  return [
    ['index', 'README.md'] as const,
    ...guides,
    ...examples,
    ['recordings', 'contracts/recordings/README.md'] as const,
    ['contributing', 'CONTRIBUTING.md'] as const,
    ['changelog', 'CHANGELOG.md'] as const,
  ].map(([slug, source]) => markdownPage(slug, source));
};

/** The base of the README's links to our own files, which must also work on the npm registry. */
const ours = `${repository}/blob/main/`;

/** Matches code, which contains no links, or the target of a Markdown link. */
const codeOrLink = /^(`{3,}|~{3,})[\s\S]*?^\1`*$|(`+)(?!`)[\s\S]*?[^`]\2(?!`)|(\]\()([^)\s]+)(?=[)\s])/gm;

/**
 * Replaces each relative link of a Markdown text with `linkTo`.
 *
 * @param folder - the folder of the file in the repository, `''` for the root
 * @param linkTo - takes a path from the repository's root and returns the link on the site
 */
export const rewriteLinks = (markdown: string, folder: string, linkTo: (path: string) => string): string =>
  markdown.replace(codeOrLink, (found, _fence, _ticks, opening?: string, target?: string) => {
    if (opening === undefined || target === undefined) return found;
    const isOurs = target.startsWith(ours);
    if (!isOurs && /^([a-z]+:|#|\/)/.test(target)) return found;
    const [path = '', fragment] = (isOurs ? target.slice(ours.length) : posix.join(folder, target)).split(
      '#',
    );
    const link = linkTo(path.replace(/\/$/, ''));
    return `${opening}${link}${fragment === undefined ? '' : `#${fragment}`}`;
  });

/**
 * The URL in the repository of a file or folder that is not a page.
 *
 * @param path - from the repository's root
 * @param from - the file that links to it
 * @throws Error if it does not exist
 */
export const repositoryLink = (path: string, from: string): string => {
  if (!existsSync(join(root, path))) throw new Error(`${from} links to ${path}, which does not exist`);
  const view = statSync(join(root, path)).isDirectory() ? 'tree' : 'blob';
  return `${repository}/${view}/main/${path}`;
};
