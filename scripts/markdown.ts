/** Generates Markdown. */

/** A table. Cells may contain `|`. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

/**
 * Replaces the text between `<!-- name -->` and `<!-- /name -->` of a page.
 *
 * @throws {Error} if the page lacks one of these comments
 */
export const fill = (page: string, name: string, text: string): string => {
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`the page lacks ${start.trim()} or ${end}`);
  return `${page.slice(0, from + start.length)}${text}\n${page.slice(to)}`;
};
