/** Markdown that is made. */

/** A table. What a cell says may have a `|` in it. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

/**
 * The page with the text between `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws {Error} when the page has no such place
 */
export const fill = (page: string, name: string, text: string): string => {
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`the page lacks ${start.trim()} or ${end}`);
  return `${page.slice(0, from + start.length)}${text}\n${page.slice(to)}`;
};
