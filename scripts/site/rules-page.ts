/** Renders the rules like `logto-jwt-customizer rules CODE`, each with its recorded exchanges. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RuleText, ruleText } from '../../src/cli/rules.ts';
import { rules } from '../../src/contract/index.ts';
import { type Page, root } from './pages.ts';

interface Recorded {
  release?: string;
  name?: string;
  request?: Record<string, unknown>;
  response?: { status: number; body?: unknown };
  script?: string;
  issued?: { status: number; claims?: unknown };
}

const folder = join(root, 'contracts/recordings');
const recordings = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Recorded),
  );

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const short = (value: unknown): string => {
  const text = JSON.stringify(value, null, 2) ?? 'nothing';
  return text.length <= 3000 ? text : `${text.slice(0, 3000)}\n… and ${text.length - 3000} characters more`;
};

/** A recording's name, its status in each recorded release, and the newest exchange to unfold. */
const evidenceOf = (name: string): string => {
  if (name.startsWith('README: '))
    return `- From [the recordings](recordings/README.md): “${name.slice(8)}”\n`;
  const found = recordings.filter((recorded) => recorded.name === name);
  const newest = found.at(-1);
  if (newest === undefined) throw new Error(`there is no recording ${name}`);
  const statusOf = ({ response, issued }: Recorded) => response?.status ?? issued?.status;
  const statuses = [...new Set(found.map(statusOf))].map((status) => {
    const same = found.filter((recorded) => statusOf(recorded) === status);
    const releases = [...new Set(same.flatMap(({ release }) => release ?? []))];
    return releases.length === 0 ? `${status}` : `${status} on ${releases.join(', ')}`;
  });
  const { request, response, script, issued } = newest;
  const parts: [string, unknown][] = [
    ['Request', request ?? script],
    ['Response', response ?? issued],
  ];
  return [
    '<details>',
    `<summary>${escaped(name)} <small>${statuses.join('; ')}</small></summary>`,
    // Without highlighting: with it, hundreds of exchanges would take megabytes.
    ...parts.map(
      ([label, value]) => `<p>${label}</p><pre data-pagefind-ignore>${escaped(short(value))}</pre>`,
    ),
    '</details>',
    '',
  ].join('\n');
};

const section = ({ code, title, does, since, evidence, cases }: RuleText): string =>
  [
    `## ${code}`,
    '',
    `**${title}.** ${does}`,
    '',
    `Since: ${since}.`,
    '',
    '**Evidence**',
    '',
    ...evidence.map(evidenceOf),
    '',
    '**Cases**',
    '',
    ...(cases.length === 0
      ? ['None.']
      : cases.map(({ file, name }) => `- ${name} ([${file}](cases/${file}))`)),
    '',
  ].join('\n');

export const rulesPage = (): Page => ({
  slug: 'rules',
  source: 'contracts/rules.json',
  title: 'Rules: what tenants do',
  label: 'Rules',
  body: [
    'Each case of the contract suite tests one of these rules, and a failure shows its code. The rules come from',
    'recordings of real tenants: unfold an exchange to see it. On the command line: `npx logto-jwt-customizer rules CODE`.',
    '',
    ...Object.entries(rules).map(([code, rule]) => section(ruleText(code, rule))),
  ].join('\n'),
});
