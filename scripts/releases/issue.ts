/** The issue about a release of Logto that differs from our document. */
import { subjects } from '../../contracts/guards/subjects.ts';
import { brief } from '../../src/contract/json.ts';
import type { BodyGuards, JsonSchema } from '../../src/tenant/index.ts';
import { placeOf } from './compare.ts';
import type { ReleasedGuards } from './guards.ts';
import { type Disagreement, search } from './search.ts';
import { describedOf } from './subjects.ts';

/** The differences between the newest guards and the current document, for each body. */
export const disagreementsWith = (
  { guards, described, version }: ReleasedGuards,
  document: BodyGuards,
  options: { seed: number; runs: number },
): Disagreement[] =>
  subjects.flatMap(
    (subject) =>
      search(
        subject,
        [{ release: version, document, guards, described: describedOf(described, subject) }],
        options,
      ).found,
  );

/** Maps a sample in a test request to the one in a customizer, so that it is described once. */
const groupOf = ({ kind, value, place }: Disagreement): string =>
  JSON.stringify([kind, value, place.files, place.pointer.split('/').at(-1)]);

const code = (text: string): string => `\`${text}\``;

const does: Record<Disagreement['kind'], string> = {
  drops: 'is dropped, but our document keeps it',
  keeps: 'is kept, but our document drops it',
  accepts: 'is accepted, but our document refuses it',
  refuses: 'is refused, but our document accepts it',
  changes: 'is changed, but our document keeps it unchanged',
};

/** What to change, in which file of the document. */
const adviceOf = (
  { kind, place, about, value, says }: Disagreement,
  release: string,
  isAnything: boolean,
): string => {
  const name = place.pointer.split('/').at(-1) ?? '';
  const isField = kind === 'keeps' || kind === 'drops' || about === 'unknown field' || about === 'tag';
  const files = (isField || place.schema === undefined ? place.files : place.own).map(code).join(' or ');
  const since = code(`x-logto-since: "${release}"`);
  const gone = `In ${files}, remove ${code(value ?? name)}. Older releases have it, and there is no extension for the last release yet: add one in \`src/tenant/release-guards.ts\`.`;
  if (about === 'tag' && kind === 'accepts')
    return `In ${files}, add ${code(value ?? '')} to \`oneOf\` and to the discriminator, as a separate schema with ${since}.`;
  if (about === 'value' && kind === 'accepts')
    return `In ${files}, add ${code(value ?? '')} to \`enum\`, with ${code(`x-logto-since-values: { ${value}: "${release}" }`)}.`;
  if (value !== undefined) return gone;
  if (kind === 'keeps' || (kind === 'accepts' && about === 'unknown field'))
    return isAnything
      ? `In ${files}, allow any ${code(name)} with \`additionalProperties\`. Older releases do not, and there is no extension for that yet: add one in \`src/tenant/release-guards.ts\`.`
      : `In ${files}, add ${code(name)} to \`properties\`, with ${since}.`;
  if (kind === 'drops' || about === 'unknown field') return gone;
  if (kind === 'refuses' && place.schema === undefined)
    return `In ${files}, add ${code(name)} to \`properties\` with ${since}, and to \`required\`. The release reports "${says}".`;
  return `In ${files}, describe ${code(place.pointer)} as in the release. ${kind === 'accepts' ? 'Our document' : 'The release'} reports "${says}".`;
};

const describedAt = (
  described: ReleasedGuards['described'],
  { subject, body, path, about }: Disagreement,
): JsonSchema | undefined =>
  placeOf(
    [describedOf(described, subject)],
    JSON.parse(body),
    // The variant, not only its tag.
    about === 'tag' ? path.slice(0, -1) : path,
  ).schema;

const schemaLine = (who: string, schema: JsonSchema | undefined): string[] =>
  schema === undefined || Object.keys(schema).length === 0 ? [] : [`- ${who}: ${code(brief(schema, 400))}`];

const limit = 60_000;

/**
 * The issue in Markdown, with one part per difference and the smallest body that shows it.
 *
 * @returns `undefined` if there is no difference
 */
export const issueOf = (
  { version, described }: ReleasedGuards,
  disagreements: readonly Disagreement[],
): string | undefined => {
  const groups = new Map<string, [Disagreement, ...Disagreement[]]>();
  for (const disagreement of disagreements) {
    const name = groupOf(disagreement);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [disagreement]);
    else group.push(disagreement);
  }
  if (groups.size === 0) return undefined;
  const release = version.split('.').slice(0, 2).join('.');
  const pointerOf = ([{ place }]: [Disagreement, ...Disagreement[]]): string => place.pointer;
  const sorted = [...groups.values()].sort((a, b) => (pointerOf(a) < pointerOf(b) ? -1 : 1));
  const parts = sorted.map((group) => {
    const [first] = group;
    const { place, kind, value, body, about } = first;
    const isGone = kind === 'drops' || (kind === 'refuses' && about !== undefined);
    const theirs = isGone ? undefined : describedAt(described, first);
    const isAnything = theirs === undefined || Object.keys(theirs).length === 0;
    const isNew = (kind === 'keeps' && !isAnything) || (kind === 'accepts' && about !== undefined);
    const title = `${code(place.pointer)}${value === undefined ? '' : ` with the value ${code(value)}`} ${does[kind]}`;
    const places = group.map(({ subject, place: { pointer } }) => `${code(subject.schema)} ${code(pointer)}`);
    return [
      `### ${title}`,
      '',
      adviceOf(first, release, isAnything),
      '',
      `- Where: ${[...new Set(places)].join(', ')}`,
      ...schemaLine('The release', theirs),
      ...schemaLine('Our document', isNew ? undefined : place.schema),
      '',
      '```json',
      brief(JSON.parse(body), 4_000),
      '```',
    ].join('\n');
  });
  const issue = `The guards of \`@logto/schemas\` ${version}, which Logto ${release} uses, differ from our document in ${groups.size} ${groups.size === 1 ? 'place' : 'places'}. Each body is the smallest that shows the difference.

${parts.join('\n\n')}

### Next steps

1. In \`scripts/releases/package.json\`, add \`"logto-schemas-${release}": "npm:@logto/schemas@${version}"\`, and run \`npm install\` there. In \`package.json\`, raise \`@logto/schemas\`.
2. Run \`npm run regenerate\`, then \`npm run releases\`, which must find no difference.

To reproduce: \`node scripts/releases/newest.ts --release ${version}\`
`;
  return issue.length <= limit
    ? issue
    : `${issue.slice(0, limit)}\n\n… and more. Run the command locally to see all.\n`;
};
