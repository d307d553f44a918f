/** Pages for files that a page links to and that are no pages themselves: no address of a repository is known to link to. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join, posix } from 'node:path';
import { type Page, readSource, root } from './pages.ts';

const languages: Record<string, string> = {
  '.js': 'js',
  '.json': 'json',
  '.sql': 'sql',
  '.ts': 'ts',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesIn(`${folder}/${entry.name}`).map((name) => `${entry.name}/${name}`)
        : [entry.name],
    );

const fenced = (text: string, language: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/^`{3,}/gm)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}\n`;
};

/**
 * The page for a file or a folder of the repository.
 *
 * @param from - the file that links to it
 * @throws Error, when there is none at that path
 */
export const sourcePage = (source: string, from: string): Page => {
  if (!existsSync(join(root, source))) throw new Error(`${from} links to ${source}, which is not there`);
  // Neither Astro nor GitHub Pages takes a folder that begins with a dot.
  const page = {
    slug: `source/${source.replaceAll(/(^|\/)\./g, '$1')}`,
    source,
    title: source,
    search: false,
  };
  if (statSync(join(root, source)).isDirectory()) {
    const links = filesIn(source).map((name) => `- [${name}](${posix.basename(source)}/${name})`);
    return { ...page, body: `${links.join('\n')}\n` };
  }
  const text = readSource(source);
  if (source.endsWith('.md')) return { ...page, body: text.replace(/^(<!--[\s\S]*?-->\s*)?# .+\n/, '') };
  return { ...page, body: fenced(text, languages[extname(source)] ?? 'text') };
};
