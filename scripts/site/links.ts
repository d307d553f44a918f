/** Links between the repository's files, as links between the site's pages. */
import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { repository } from '../repository.ts';
import { root } from './pages.ts';

/** Code, where nothing is a link; or a Markdown link's target. */
const codeOrLink = /^(`{3,}|~{3,})[\s\S]*?^\1`*$|(`+)(?!`)[\s\S]*?[^`]\2(?!`)|(\]\()([^)\s]+)(?=[)\s])/gm;

/**
 * The Markdown with each relative link told to `linkTo`.
 *
 * @param folder - where the file stands in the repository, `''` for its root
 * @param linkTo - takes a path from the repository's root, and answers the link on the site
 */
export const rewriteLinks = (markdown: string, folder: string, linkTo: (path: string) => string): string =>
  markdown.replace(codeOrLink, (found, _fence, _ticks, opening?: string, target?: string) => {
    if (opening === undefined || target === undefined || /^([a-z]+:|#|\/)/.test(target)) return found;
    const [path = '', fragment] = target.split('#');
    const link = linkTo(posix.join(folder, path).replace(/\/$/, ''));
    return `${opening}${link}${fragment === undefined ? '' : `#${fragment}`}`;
  });

/**
 * The address of a file or a folder that is no page, in the repository.
 *
 * @param path - from the repository's root
 * @param from - the file that links to it
 * @throws Error, when there is none at that path
 */
export const repositoryLink = (path: string, from: string): string => {
  if (!existsSync(join(root, path))) throw new Error(`${from} links to ${path}, which is not there`);
  const view = statSync(join(root, path)).isDirectory() ? 'tree' : 'blob';
  return `${repository}/${view}/main/${path}`;
};
