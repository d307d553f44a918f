/** Records the responses of a live tenant in the format of the existing recordings. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Case } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { wireOf } from '../expected.ts';
import { isObject, type Json, valueAt } from '../json.ts';
import {
  documentFileOf,
  fileOf,
  formatLine,
  type Kind,
  kinds,
  parseLines,
  type Recorded,
  type RecordedLine,
  readRecorded,
  recordedName,
  recordedReleases,
} from './index.ts';

/** The Management API of every self-hosted tenant. */
export const resource = 'https://default.logto.app/api';

/** The case's request in the format of a recording, with long strings expanded. Credentials stay placeholders. */
export const recordedRequest = (contract: Case, kind: Kind): RecordedLine['request'] => {
  const { form, headers, authorization: auth = 'good', bytes, raw } = contract.request;
  const { method, path, body, text } = wireOf(contract);
  if (form !== undefined)
    return {
      method,
      path,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      form: { ...form, ...(form['resource'] === '<resource>' && { resource }) },
    };
  const asText = bytes === undefined ? raw : text;
  return {
    method,
    path,
    ...(kind === 'exchanges' && { auth }),
    ...(headers && { headers }),
    ...(asText === undefined ? body !== undefined && { body } : { raw: asText }),
  };
};

/** The headers that are kept, in order. All others come from the server or the network. */
const keptHeaders: Record<Kind, readonly string[]> = {
  exchanges: ['allow', 'content-type', 'etag', 'logto-core-request-id'],
  conditional: ['content-type', 'etag', 'vary'],
  token: ['content-type'],
};

const responseOf = (kind: Kind, { status, headers, body }: Exchange): RecordedLine['response'] => {
  const kept = keptHeaders[kind].filter((name) => headers[name] !== undefined);
  // The value of a request id differs each time and proves nothing; granted tokens are already redacted.
  const valued = kept.map((name) => [
    name,
    name === 'logto-core-request-id' ? 'K3E8-GiJ6Rjmyww3' : headers[name],
  ]);
  const isGranted = isObject(body) && 'access_token' in body;
  return {
    status,
    headers: Object.fromEntries(valued) as Record<string, string>,
    ...(!(kind === 'conditional' && body === '') && {
      body: (isGranted ? { ...body, access_token: '<jwt>' } : body) as Json,
    }),
  };
};

/**
 * @param release As in the name of a recording's file, for example `1.42`.
 * @param model The recording whose names, files, fields and order are kept; the project's newest by default.
 */
export const createRecorder = (
  release: string,
  model: readonly Recorded[] = readRecorded(recordedReleases.at(-1) ?? ''),
) => {
  const order = new Map(model.map(({ line }, index) => [line.name, index]));
  const taken = new Map<string, Recorded>();
  const modelOf = (contract: Case): Recorded | undefined => model[order.get(recordedName(contract)) ?? -1];
  return {
    /** Whether the case's record includes the response to a GET afterwards. */
    needsGet: (contract: Case): boolean => modelOf(contract)?.line.thenGet !== undefined,
    /** Keeps the first exchange of each name: cases that share their evidence send the same request. */
    add: (contract: Case, exchange: Exchange, thenGet?: Pick<Exchange, 'status' | 'body'>): void => {
      const name = recordedName(contract);
      if (taken.has(name)) return;
      const known = modelOf(contract);
      const isToken = contract.request.operation === 'RequestToken';
      const kind = known?.kind ?? (isToken ? 'token' : 'exchanges');
      const said = { request: recordedRequest(contract, kind), response: responseOf(kind, exchange) };
      const { tokenType } = contract.request;
      const lines: Record<Kind, () => RecordedLine> = {
        token: () => ({ name, releases: [release], ...said }),
        conditional: () => ({ release, name, ...said }),
        exchanges: () => ({
          release,
          name,
          tokenType: tokenType === 'client-credentials' ? tokenType : 'access-token',
          given: contract.given,
          ...said,
          ...(thenGet && { thenGet: { status: thenGet.status, body: thenGet.body as Json } }),
          ...((known === undefined || known.line.thenStored !== undefined) && {
            thenStored: exchange.after as { [type: string]: Json },
          }),
        }),
      };
      taken.set(name, { line: lines[kind](), kind });
    },
    has: (contract: Case): boolean => taken.has(recordedName(contract)),
    /** In the order of the model, followed by new exchanges in the order of recording. */
    recorded: (): Recorded[] => {
      const place = ({ line }: Recorded): number => order.get(line.name) ?? order.size;
      return [...taken.values()].sort((a, b) => place(a) - place(b));
    },
  };
};

type JsonObject = { [key: string]: Json };

/** The schemas that are referenced, directly or by other schemas. */
const schemasOf = (value: Json, schemas: JsonObject, found: JsonObject = {}): JsonObject => {
  for (const [, name = ''] of JSON.stringify(value).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    const schema = schemas[name];
    if (schema === undefined || found[name] !== undefined) continue;
    found[name] = schema;
    schemasOf(schema, schemas, found);
  }
  return found;
};

/**
 * Cuts a tenant's own document, `GET /api/swagger.json`, to what a recording keeps: the structure of the customizers'
 * paths, without descriptions, the tenant's address and all other paths.
 *
 * @throws {Error} when it is not a document.
 */
export const cutDocument = (document: unknown): Json => {
  if (!isObject(document)) throw new Error('GET /api/swagger.json did not return a document');
  const { openapi = null, security = null } = document;
  const objectAt = (pointer: string): JsonObject => Object(valueAt(document, pointer)) as JsonObject;
  const paths = Object.fromEntries(
    Object.entries(objectAt('/paths')).filter(([path]) => path.startsWith('/api/configs/jwt-customizer')),
  );
  const schemas = schemasOf(paths, objectAt('/components/schemas'));
  const cut = {
    openapi,
    info: { title: 'Logto', version: objectAt('/info')['version'] ?? null },
    security,
    paths,
    components: {
      securitySchemes: objectAt('/components/securitySchemes'),
      ...(Object.keys(schemas).length > 0 && { schemas }),
    },
  };
  // A schema property with one of these names is an object.
  const withoutSentences = JSON.stringify(cut, (key, value: unknown) =>
    ['description', 'summary'].includes(key) && typeof value === 'string' ? undefined : value,
  );
  return JSON.parse(withoutSentences) as Json;
};

/** Appends the lines to the text. An equal line that lists its releases gets the new release instead. */
const withLines = (text: string, lines: readonly RecordedLine[]): string => {
  const written = text.split('\n').filter(Boolean);
  const parsed = parseLines(text);
  for (const line of lines) {
    const { name, releases, request, response } = line;
    const index = parsed.findIndex(
      (other) =>
        releases !== undefined &&
        other.releases !== undefined &&
        isDeepStrictEqual([other.name, other.request, other.response], [name, request, response]),
    );
    const same = parsed[index];
    if (same === undefined) written.push(formatLine(line));
    else written[index] = formatLine({ ...same, releases: [same.releases ?? [], releases ?? []].flat() });
  }
  return written.map((line) => `${line}\n`).join('');
};

/**
 * Writes a recording's files, each atomically; the one that marks the release as recorded comes last. Its lines are
 * appended to files that have several releases.
 *
 * @param recording its `document` is the result of `cutDocument`
 */
export const writeRecording = async (
  folder: URL,
  recording: { release: string; recorded: readonly Recorded[]; document: Json },
): Promise<void> => {
  const { release, recorded, document } = recording;
  await mkdir(folder, { recursive: true });
  const texts: [file: string, text: string][] = [
    [documentFileOf(release), `${JSON.stringify(document, null, 1)}\n`],
  ];
  for (const kind of kinds.toReversed()) {
    const lines = recorded.filter((one) => one.kind === kind).map(({ line }) => line);
    const file = fileOf(kind, release);
    const url = new URL(file, folder);
    texts.push([file, withLines(existsSync(url) ? await readFile(url, 'utf8') : '', lines)]);
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
