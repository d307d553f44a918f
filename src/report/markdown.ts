import type { Cell, Joined, JoinedCase } from './types.ts';

/** GitHub takes a job summary of at most 1 MiB, of all steps together. */
const longest = 900_000;

/** Characters of one failure. */
const longestError = 4_000;

/** A text of more than `most` characters by its first ones, `most` unless fewer are to be kept, and its length. */
export const cut = (text: string, most: number, keep = most): string =>
  text.length > most ? `${text.slice(0, keep)}… (${text.length} characters)` : text;

const marks: Record<Cell['state'], string> = { passed: '✅', failed: '❌', 'not applicable': '–' };

export const headlines: Record<Joined['verdict'], string> = {
  passed: 'The contract is kept',
  failed: 'The contract is broken',
  interrupted: 'Interrupted: this shows nothing of the rest',
  'nothing proven': 'Nothing is proven',
  error: 'The run could not be done',
  incomplete: 'Incomplete: shards are missing',
};

/** Text that stays text: no mark-up, no link, no mention of people. */
const plain = (text: string): string =>
  text
    .replaceAll(/[&<>\\`*_{}[\]()#+!|~@:]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/\s+/g, (space) => (/[\n\r\u2028\u2029]/.test(space) ? ' ' : space));

/** A block of code that nothing in the text ends. */
const block = (text: string): string => {
  const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}\n${text}\n${fence}`;
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const totals = ({ columns }: Joined): string =>
  [
    row(['target', 'Logto', 'failed', 'passed', 'not applicable']),
    row(['---', '---', '--:', '--:', '--:']),
    ...columns.map(({ label, release = '', failed, passed, notApplicable }) =>
      row([
        plain(label),
        plain(release),
        failed > 0 ? `**${failed}**` : '0',
        `${passed}`,
        `${notApplicable}`,
      ]),
    ),
  ].join('\n');

const folded = (title: string, content: string): string =>
  `<details><summary>${title}</summary>\n\n${content}\n\n</details>\n`;

const failure = (one: JoinedCase, { columns, rules }: Joined): string => {
  const failed = one.cells.flatMap((cell, index) =>
    cell?.state === 'failed' ? [{ cell, label: plain(columns[index]?.label ?? '') }] : [],
  );
  const { rule: code = '' } = one;
  const rule = Object.hasOwn(rules, code) ? rules[code] : undefined;
  return folded(
    `❌ ${plain(one.name)} (${failed.map(({ label }) => label).join(', ')})`,
    [
      ...(rule ? [`Rule <code>${plain(code)}</code>: ${plain(rule.title)}. ${plain(rule.does)}`] : []),
      ...failed.flatMap(({ cell, label }) => [
        `**${label}**`,
        block(cut(cell.error ?? 'It failed.', longestError)),
      ]),
    ].join('\n\n'),
  );
};

const matrix = ({ columns, cases }: Joined): string =>
  folded(
    'Every case by target',
    [
      row(['case', ...columns.map(({ label }) => plain(label))]),
      row(['---', ...columns.map(() => ':-:')]),
      ...cases.map(({ name, cells }) =>
        row([plain(name), ...cells.map((cell) => (cell === null ? '' : marks[cell.state]))]),
      ),
    ].join('\n'),
  );

/**
 * A summary for a job of GitHub Actions: what failed first, the rest folded. What no longer fits into 900 kB is left
 * out, and said so.
 */
export const makeMarkdown = (joined: Joined): string => {
  const { verdict, missing, runs, cases } = joined;
  const mark = verdict === 'passed' || verdict === 'failed' ? marks[verdict] : '⚠️';
  const parts = [`## ${mark} ${headlines[verdict]}`, totals(joined), ...missing.map(plain)];
  for (const { name, reason, result } of runs)
    if (reason !== undefined) parts.push(`${plain(name)}: ${result}\n\n${block(cut(reason, longestError))}`);
  const failed = cases.filter(({ cells }) => cells.some((cell) => cell?.state === 'failed'));
  let size = Buffer.byteLength(parts.join('\n\n'));
  const add = (part: string): boolean => {
    size += Buffer.byteLength(part) + 2;
    if (size > longest) return false;
    parts.push(part);
    return true;
  };
  const left = failed.findIndex((one) => !add(failure(one, joined)));
  if (left !== -1) parts.push(`${failed.length - left} more failures are in the report.`);
  else if (!add(matrix(joined))) parts.push('The cases by target are in the report.');
  return `${parts.join('\n\n')}\n`;
};
