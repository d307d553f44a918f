import { table } from './markdown.ts';

interface Divergence {
  id: string;
  pointer: string;
  says: string;
  does: string;
  /** The name of a recording; `null` when the official guard is the evidence. */
  evidence: string | null;
}

const head = `<!-- Made by \`npm run regenerate\` from contracts/divergences.json. Do not edit. -->

# Where the vendor's document is wrong

Two documents describe this API: Logto's page of it, and the OpenAPI document that each tenant gives of itself
(\`GET /api/swagger.json\`). Both say other than tenants do. Each line is
[proved by a test](../contracts/divergences.test.ts): what is said is still said, and what tenants do was recorded, or is
what Logto's official guard does.

`;

const parts: [pattern: RegExp, name: string][] = [
  [/^\/requestBody/, 'request'],
  [/^\/responses\/(\d+)\/headers$/, 'headers of $1'],
  [/^\/responses\/(\d+)/, 'answer $1'],
  [/^\/responses/, 'answers'],
];

/** A JSON Pointer as people say it: an operation and its part, or a field. The pointer itself is in the data. */
const placeOf = (pointer: string): string => {
  const [, path, method, rest = ''] = /^\/paths\/([^/]+)\/([^/]+)(.*)$/.exec(pointer) ?? [];
  if (path === undefined || method === undefined) return pointer === '' ? 'fields' : `\`${pointer}\``;
  const name = path.replaceAll('~1', '/').replace('/api/configs/jwt-customizer', '…');
  const [pattern, part] = parts.find(([pattern]) => pattern.test(rest)) ?? [];
  if (pattern === undefined || part === undefined) throw new Error(`no name for ${rest} of ${pointer}`);
  return `\`${method.toUpperCase()} ${name}\` ${(pattern.exec(rest) ?? [''])[0].replace(pattern, part)}`;
};

/** The page `docs/divergences.md`: a line for each divergence. */
export const divergencesPage = (divergences: readonly Divergence[]): string => {
  const rows = divergences.map(({ pointer, says, does, evidence }) => [
    placeOf(pointer),
    says,
    does,
    evidence === null ? 'official guard' : `recorded: ${evidence}`,
  ]);
  return `${head}${table(['where', 'what is said', 'what tenants do', 'evidence'], rows)}\n`;
};
