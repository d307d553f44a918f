import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json } from '../json.ts';
import { documentFileOf, fileOf, kinds, type Recorded } from './files.ts';
import { formatLine, parseLines, type RecordedLine } from './line.ts';

const prefix = '/api/configs/jwt-customizer';

/** Where people are told something. A schema's property of that name is no text. */
const sentences = new Set(['description', 'summary']);

const withoutSentences = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withoutSentences);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !(sentences.has(key) && typeof item === 'string'))
      .map(([key, item]) => [key, withoutSentences(item)]),
  );
};

/** The schemas that are referred to, and those that these refer to. */
const schemasOf = (value: Json, schemas: { [name: string]: Json }): { [name: string]: Json } => {
  const found: { [name: string]: Json } = {};
  const visit = (node: Json): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    if (!isObject(node)) return;
    const reference = typeof node['$ref'] === 'string' ? node['$ref'] : '';
    const name = /^#\/components\/schemas\/(.+)$/.exec(reference)?.[1];
    const schema = name === undefined ? undefined : schemas[name];
    if (name !== undefined && schema !== undefined && found[name] === undefined) {
      found[name] = schema;
      visit(schema);
    }
    for (const item of Object.values(node)) visit(item);
  };
  visit(value);
  return found;
};

const objectAt = (value: { [key: string]: Json }, key: string): { [key: string]: Json } => {
  const found = value[key];
  return isObject(found) ? found : {};
};

/**
 * What a recording keeps of a tenant's own document, `GET /api/swagger.json`: the structure of the paths of the
 * customizers. Sentences, the tenant's address and all other paths are left out.
 *
 * @throws {Error} when it is no document.
 */
export const cutDocument = (document: unknown): Json => {
  if (!isObject(document)) throw new Error('GET /api/swagger.json answered no document');
  const { openapi = null, security = null } = document;
  const components = objectAt(document, 'components');
  const paths = Object.fromEntries(
    Object.entries(objectAt(document, 'paths')).filter(([path]) => path.startsWith(prefix)),
  );
  const schemas = schemasOf(paths, objectAt(components, 'schemas'));
  return withoutSentences({
    openapi,
    info: { title: 'Logto', version: objectAt(document, 'info')['version'] ?? null },
    security,
    paths,
    components: {
      securitySchemes: objectAt(components, 'securitySchemes'),
      ...(Object.keys(schemas).length > 0 && { schemas }),
    },
  });
};

export interface Recording {
  release: string;
  recorded: readonly Recorded[];
  /** What the tenant tells of itself, as `cutDocument` leaves it. */
  document: Json;
}

const textOf = async (file: URL): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
};

/** Whether both say the same of a release. */
const isSame = (a: RecordedLine, b: RecordedLine): boolean =>
  a.name === b.name && isDeepStrictEqual(a.request, b.request) && isDeepStrictEqual(a.response, b.response);

/** The text with the lines after it. A line that names its releases and says the same gets one release more. */
const withLines = (text: string, lines: readonly RecordedLine[]): string => {
  const written = text.split('\n').filter((line) => line !== '');
  const parsed = parseLines(text);
  for (const line of lines) {
    const { releases } = line;
    const index =
      releases === undefined ? -1 : parsed.findIndex((other) => other.releases && isSame(other, line));
    const found = parsed[index];
    const merged =
      found === undefined ? line : { ...found, releases: [...(found.releases ?? []), ...(releases ?? [])] };
    const place = found === undefined ? written.length : index;
    written[place] = formatLine(merged).trimEnd();
    parsed[place] = merged;
  }
  return written.map((line) => `${line}\n`).join('');
};

/**
 * Writes a recording's files, each whole or not at all; the one that makes the release a recorded one comes last. Files
 * that hold several releases get its lines added.
 */
export const writeRecording = async (
  folder: URL,
  { release, recorded, document }: Recording,
): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const texts: [file: string, text: string][] = [
    [documentFileOf(release), `${JSON.stringify(document, null, 1)}\n`],
  ];
  for (const kind of kinds.toReversed()) {
    const lines = recorded.filter((one) => one.kind === kind).map(({ line }) => line);
    const file = fileOf(kind, release);
    texts.push([file, withLines(await textOf(new URL(file, folder)), lines)]);
  }
  const written = texts.map(([file, text]) => ({
    file: new URL(file, folder),
    temporary: new URL(`${file}.${randomUUID()}.tmp`, folder),
    text,
  }));
  try {
    for (const { temporary, text } of written) await writeFile(temporary, text, { flag: 'wx' });
    for (const { temporary, file } of written) await rename(temporary, file);
  } finally {
    for (const { temporary } of written) await rm(temporary, { force: true });
  }
};
