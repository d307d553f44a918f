/** What `diff` and `push` print of changes. Each string is printable; pass it through the redactor. */
import { isRecord } from '../client/json.ts';
import { printable } from '../client/printable.ts';
import type { Change } from './types.ts';
import { unifiedDiff } from './unified-diff.ts';

/** The changes of each tenant, by its name. */
export type Changes = Readonly<Record<string, readonly Change[]>>;

const sorted = (_: string, value: unknown): unknown =>
  isRecord(value)
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((key) => [key, value[key]]),
      )
    : value;

const jsonOf = (value: unknown): string =>
  value === undefined ? '' : `${JSON.stringify(value, sorted, 2)}\n`;

const lastPushOf = ({ kind, pushed }: Change): string[] => {
  if (kind === 'create') return [];
  if (!pushed) return ['the stored customizer was not pushed with this tool'];
  const { version, commit, time, changed } = pushed;
  if (time === 'unknown') return ['pushed with this tool, and changed by hand since'];
  const from = commit === undefined ? '' : ` from commit ${commit}`;
  return [
    `last pushed at ${time}${from} with version ${version}${changed ? ', and changed by hand since' : ''}`,
  ];
};

const notesOf = ({ samples, variables, blockIssuanceOnError: blocking, removes }: Change): string[] => [
  // Most of a new sample is filled in.
  ...samples.flatMap(({ field, before }) => (before === undefined ? [`${field}: added`] : [])),
  ...variables.map(({ name, change }) => `environment variable ${name}: ${change}`),
  ...(blocking
    ? [
        `blockIssuanceOnError: ${blocking.before ?? 'not set'} on the tenant, ${blocking.after ?? 'not set'} in the folder; production builds of Logto ignore it`,
      ]
    : []),
  ...(removes.length > 0 ? [`a push removes what the folder does not declare: ${removes.join(', ')}`] : []),
];

const diffsOf = ({ script, samples }: Change, after: string): string[] => [
  script ? unifiedDiff(script.before, script.after, ['tenant', after]) : '',
  ...samples
    .filter(({ before }) => before !== undefined)
    .map(({ field, before, after: later }) =>
      unifiedDiff(jsonOf(before), jsonOf(later), [`tenant ${field}`, `${after} ${field}`]),
    ),
];

/** The name of a variable can be anything. */
const oneLine = (text: string): string => `${text.replaceAll('\n', '\\n')}\n`;

/** What a change consists of, in lines; those that are not part of a diff begin with `prefix`. */
const textOf = (change: Change, prefix = '', after = 'folder'): string =>
  printable(
    [
      ...[`${change.tokenType} (${change.kind})`, ...lastPushOf(change)].map(
        (line) => prefix + oneLine(line),
      ),
      ...diffsOf(change, after),
      ...notesOf(change).map((line) => prefix + oneLine(line)),
    ].join(''),
  ).replace(/\n$/, '');

const isChange = ({ kind }: Change): boolean => kind !== 'none';

/**
 * For a terminal, without a line feed at the end. Lines that are not part of a diff begin with the tenant's name.
 *
 * @param after What a push would store is from. @default 'folder'
 */
export const renderText = (tenant: string, changes: readonly Change[], after?: string): string =>
  changes
    .filter(isChange)
    .map((change) => textOf(change, `${tenant}: `, after))
    .join('\n') || printable(`${tenant}: no difference`);

/** A comment on GitHub holds 65,536 characters. */
const mostCharacters = 60_000;

/** A block of code that nothing in the text ends. */
const fenced = (text: string): string => {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}diff\n${text}\n${fence}`;
};

/** For a comment on a pull request: one section for each tenant. What does not fit is cut, and the comment says so. */
export const renderMarkdown = (tenants: Changes): string => {
  let left = mostCharacters;
  const blockOf = (change: Change): string => {
    const text = textOf(change);
    const shown = text.slice(0, left);
    left -= shown.length;
    return shown === text
      ? fenced(text)
      : `${fenced(shown)}\n\nThe comment is too long: \`logto-jwt-customizer diff\` shows the other ${text.length - shown.length} characters of ${change.tokenType}.`;
  };
  return Object.entries(tenants)
    .map(([name, changes]) => {
      const blocks = changes.filter(isChange).map(blockOf);
      return [
        `### JWT customizers of ${printable(name)}`,
        ...(blocks.length > 0 ? blocks : ['No difference.']),
      ].join('\n\n');
    })
    .join('\n\n');
};

type Redact = (text: string) => string;

/** A value with redacted strings, keys and numbers. */
const redacted = (value: unknown, redact: Redact): unknown => {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'number') return redact(`${value}`) === `${value}` ? value : redact(`${value}`);
  if (Array.isArray(value)) return value.map((item) => redacted(item, redact));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redact(key), redacted(item, redact)]),
  );
};

/** Both sides of a difference. */
const redactedSides = <T extends { before?: unknown; after?: unknown }>(sides: T, redact: Redact): T => {
  const all = { ...sides };
  for (const side of ['before', 'after'] as const)
    if (side in all) Object.assign(all, { [side]: redacted(all[side], redact) });
  return all;
};

/**
 * `{ version: 1, tenants: { NAME: { TOKEN TYPE: change } } }`, with the token types that do not differ, too.
 *
 * @param redact - of what is stored. In the JSON as a whole, a secret such as `true` would break it.
 */
export const renderJson = (tenants: Changes, redact: Redact = (text) => text): string => {
  const shown = ({ script, samples, ...change }: Omit<Change, 'tokenType'>) => ({
    ...change,
    ...(script && { script: redactedSides(script, redact) }),
    samples: samples.map((sample) => redactedSides(sample, redact)),
  });
  const byTokenType = (changes: readonly Change[]) =>
    Object.fromEntries(changes.map(({ tokenType, ...change }) => [tokenType, shown(change)]));
  const all = Object.entries(tenants).map(([name, changes]) => [name, byTokenType(changes)]);
  return printable(JSON.stringify({ version: 1, tenants: Object.fromEntries(all) }, null, 2));
};
