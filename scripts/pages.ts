/** Generates a module and the table of the docs from `generated/compatibility.json`, and docs/divergences.md. */
import { fill, table } from './markdown.ts';
import type { Compatibility } from './releases/compatibility.ts';
import type { Verdict, Verdicts } from './releases/subjects.ts';

/** The data as a module, since the runtimes import JSON in different ways. */
export const compatibilityModule = (text: string, banner: string): Record<string, string> => ({
  'compatibility.js': `${banner}export const compatibility = ${JSON.stringify(JSON.parse(text))};\n`,
  'compatibility.d.ts': `${banner}import type { TokenType } from './types.d.ts';

/** How a release treats a field: keeps it, silently drops it, or refuses the request with 400. */
export type Verdict = 'accepted' | 'dropped' | 'refused';

/** The verdict of all releases, or the releases that changed it, oldest first. */
export type Verdicts = Verdict | Readonly<Record<string, Verdict>>;

/** The fields of a request body of one token type. */
export interface BodyCompatibility {
  tokenType: TokenType;
  body: 'customizer' | 'testRequest';
  /** By JSON Pointer, \`*\` for any index or key, \`**\` at its end for anything below. */
  fields: Readonly<Record<string, Verdicts>>;
  /** All values of the fields that gained values after their first release. */
  values: Readonly<Record<string, Readonly<Record<string, Verdicts>>>>;
  /** The fields that are arrays. */
  arrays: readonly string[];
}

export declare const compatibility: {
  format: 1;
  /** The releases, oldest first, and the source of each. */
  releases: readonly { release: string; evidence: string }[];
  bodies: readonly BodyCompatibility[];
};
`,
});

const minorOf = (release: string): number => Number(release.split('.')[1]);

const verdictAt = (verdicts: Verdicts, release: string): Verdict | undefined =>
  typeof verdicts === 'string'
    ? verdicts
    : Object.entries(verdicts).findLast(([since]) => minorOf(since) <= minorOf(release))?.[1];

const cells: Record<Verdict, string> = { accepted: '✓', dropped: 'dropped', refused: '**refused**' };

interface Row {
  field: string;
  tokenTypes: string[];
  verdicts: Verdicts;
}

const isSame = (a: Verdicts | undefined, b: Verdicts | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Maps a sample in a test request to the one in a customizer. */
const asCustomizer = (pointer: string): string => pointer.replace(/^\/context(?=\/|$)/, '/contextSample');

/** The fields and values that not every release has, each once, without those that match their parent field. */
const rowsOf = ({ bodies }: Compatibility): Row[] => {
  const rows: Row[] = [];
  for (const { tokenType, body, fields, values } of bodies) {
    const add = (pointer: string, verdicts: Verdicts, value?: string): void => {
      const customizer = bodies.find((other) => other.body === 'customizer' && other.tokenType === tokenType);
      const place = asCustomizer(pointer);
      const inCustomizer =
        value === undefined ? customizer?.fields[place] : customizer?.values[place]?.[value];
      if (body === 'testRequest' && isSame(inCustomizer, verdicts)) return;
      const field = `\`${pointer}\`${value === undefined ? '' : ` is \`${value}\``}`;
      const row = rows.find((other) => other.field === field && isSame(other.verdicts, verdicts));
      if (row === undefined) rows.push({ field, tokenTypes: [tokenType], verdicts });
      else row.tokenTypes.push(tokenType);
    };
    for (const [pointer, verdicts] of Object.entries(fields)) {
      const around = fields[pointer.slice(0, pointer.lastIndexOf('/'))] ?? 'accepted';
      if (!isSame(verdicts, around)) add(pointer, verdicts);
    }
    for (const [pointer, some] of Object.entries(values))
      for (const [value, verdicts] of Object.entries(some))
        if (!isSame(verdicts, fields[pointer])) add(pointer, verdicts, value);
  }
  return rows;
};

const since = (verdicts: Verdicts): string =>
  Object.entries(typeof verdicts === 'string' ? {} : verdicts).findLast(
    ([, verdict]) => verdict === 'accepted',
  )?.[0] ?? '';

/** The page with the table inserted. */
export const withCompatibility = (page: string, text: string): string => {
  const compatibility = JSON.parse(text) as Compatibility;
  const releases = compatibility.releases.map(({ release }) => release);
  const header = ['field', 'of', 'since', ...releases];
  const lines = rowsOf(compatibility).map(({ field, tokenTypes, verdicts }) => {
    const found = releases.map((release) => cells[verdictAt(verdicts, release) ?? 'refused']);
    return [field, tokenTypes.join(', '), since(verdicts), ...found];
  });
  const evidence = compatibility.releases.map(({ release, evidence }) => [release, evidence]);
  return fill(page, 'compatibility', `${table(header, lines)}\n\n${table(['release', 'source'], evidence)}`);
};

interface Divergence {
  id: string;
  pointer: string;
  says: string;
  does: string;
  /** The name of a recording; `null` when the official guard is the evidence. */
  evidence: string | null;
}

const head = `<!-- Made by \`npm run regenerate\` from contracts/divergences.json. Do not edit. -->

# Errors in Logto's documentation

Logto documents this API twice: on a page, and in the OpenAPI document that each tenant serves at \`GET /api/swagger.json\`.
Both differ from what tenants do. For each row, [a test](../contracts/divergences.test.ts) checks that the document still
contains the error, and compares it with a recording of a tenant or with Logto's official guard.

`;

const parts: [pattern: RegExp, name: string][] = [
  [/^\/requestBody/, 'request'],
  [/^\/responses\/(\d+)\/headers$/, 'headers of $1'],
  [/^\/responses\/(\d+)/, 'response $1'],
  [/^\/responses/, 'responses'],
];

/** A readable name of a JSON Pointer: an operation and its part, or a field. The pointer itself is in the data. */
const placeOf = (pointer: string): string => {
  const [, path, method, rest = ''] = /^\/paths\/([^/]+)\/([^/]+)(.*)$/.exec(pointer) ?? [];
  if (path === undefined || method === undefined) return pointer === '' ? 'fields' : `\`${pointer}\``;
  const name = path.replaceAll('~1', '/').replace('/api/configs/jwt-customizer', '…');
  const [pattern, part] = parts.find(([pattern]) => pattern.test(rest)) ?? [];
  if (pattern === undefined || part === undefined) throw new Error(`no name for ${rest} of ${pointer}`);
  return `\`${method.toUpperCase()} ${name}\` ${(pattern.exec(rest) ?? [''])[0].replace(pattern, part)}`;
};

/** The page `docs/divergences.md`, with one line per divergence. */
export const divergencesPage = (divergences: readonly Divergence[]): string => {
  const rows = divergences.map(({ pointer, says, does, evidence }) => [
    placeOf(pointer),
    says,
    does,
    evidence === null ? 'official guard' : `recorded: ${evidence}`,
  ]);
  return `${head}${table(['where', 'documented', 'what tenants do', 'evidence'], rows)}\n`;
};
