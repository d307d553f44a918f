import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Case } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { formatLine, parseLines, readRecorded, releasesIn } from './index.ts';
import { createRecorder, cutDocument, writeRecording } from './record.ts';

const granted = (release: string, status = 200) => ({
  kind: 'token' as const,
  line: {
    name: 'granted',
    releases: [release],
    request: { method: 'POST', path: '/oidc/token' },
    response: { status, headers: {} },
  },
});

describe('a long string', () => {
  const x = (length: number): string => 'x'.repeat(length);

  test.each([
    ['of one character', x(1_048_576), `${x(40)}… (1048576 characters)`],
    ['that is a body', `{"script":"${x(20_000)}"}`, `{"script":"${x(29)}… (20013 characters)`],
    ['below 10,000 characters', x(9_999), x(9_999)],
    ['that its beginning does not determine', 'xy'.repeat(20_000), 'xy'.repeat(20_000)],
    ['with a different end', `${x(20_000)}\n`, `${x(20_000)}\n`],
  ])('%s is shortened only if it can be expanded again', (_, text, short) => {
    const { line } = granted('1.44');
    const written = formatLine({ ...line, name: text });
    expect(written).toBe(JSON.stringify({ ...line, name: short }));
    expect(parseLines(written)).toEqual([{ ...line, name: text }]);
  });
});

test("a document's schemas that the paths refer to are kept, also by others, and no others", () => {
  const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  const document = {
    openapi: '3.0.1',
    servers: [{ url: 'https://tenant.example.com' }],
    info: { title: 'Logto API references', version: 'Cloud', description: 'x' },
    paths: {
      '/api/configs/jwt-customizer': { get: { summary: 'x', schema: ref('A') } },
      '/api/users': ref('C'),
    },
    components: { schemas: { A: { properties: { description: ref('B') } }, B: { items: ref('A') }, C: {} } },
  };
  expect(cutDocument(document)).toEqual({
    openapi: '3.0.1',
    info: { title: 'Logto', version: 'Cloud' },
    security: null,
    paths: { '/api/configs/jwt-customizer': { get: { schema: ref('A') } } },
    components: {
      securitySchemes: {},
      schemas: { A: { properties: { description: ref('B') } }, B: { items: ref('A') } },
    },
  });
  const odd = { $ref: { toString: 1 } };
  expect(cutDocument({ paths: { '/api/configs/jwt-customizer': odd } })).toMatchObject({
    paths: { '/api/configs/jwt-customizer': odd },
  });
  expect(() => cutDocument('<html>')).toThrow('GET /api/swagger.json did not return a document');
});

const contract = (name: string, evidence: Case['evidence']): Case => ({
  name,
  evidence,
  rule: 'put-replaces',
  group: 'upsert',
  given: {},
  request: { operation: 'UpsertJwtCustomizer', tokenType: 'access-token', body: { script: '' } },
  expect: { status: 201 },
});
const answered = (body: unknown): Exchange => ({
  status: 201,
  headers: { date: 'now', 'logto-core-request-id': 'anything', 'content-type': 'application/json' },
  body,
  hasAllHeaders: true,
  after: { 'access-token': { script: '' }, 'client-credentials': null },
});

describe('a recorder', () => {
  const ours = contract('of ours', { readme: '' });
  const known = contract('known', { recording: 'put access-token: created' });

  test('keeps the order of its model, followed by new exchanges', () => {
    const recorder = createRecorder('1.44');
    recorder.add(ours, answered(1));
    recorder.add(known, answered(2));
    recorder.add(known, answered(3));
    expect(recorder.recorded().map(({ line }) => [line.name, line.response.body])).toEqual([
      ['put access-token: created', 2],
      ['of ours', 1],
    ]);
  });

  test('keeps the stored customizers with a new line, also when that line is the model of the next', () => {
    const first = createRecorder('1.44');
    first.add(ours, answered(1));
    const second = createRecorder('1.45', first.recorded());
    second.add(ours, answered(1));
    const [line] = second.recorded().map((recorded) => recorded.line);
    expect(line).toEqual({ ...first.recorded()[0]?.line, release: '1.45' });
    expect(line?.thenStored).toEqual({ 'access-token': { script: '' }, 'client-credentials': null });
  });

  test('keeps the headers that prove something, and one request id', () => {
    const recorder = createRecorder('1.44');
    recorder.add(known, answered(1));
    expect(recorder.recorded()[0]?.line.response.headers).toEqual({
      'content-type': 'application/json',
      'logto-core-request-id': 'K3E8-GiJ6Rjmyww3',
    });
  });
});

describe('writing', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recording-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const url = (): URL => pathToFileURL(`${folder}/`);
  const text = (file: string): string => readFileSync(join(folder, file), 'utf8');

  const head = (release: string) => ({
    kind: 'conditional' as const,
    line: { release, name: 'HEAD', request: granted('').line.request, response: granted('').line.response },
  });

  test('adds its release to a line with the same response, or else a new line', async () => {
    for (const [release, status] of [
      ['1.44', 200],
      ['1.45', 200],
      ['1.46', 400],
    ] as const)
      await writeRecording(url(), {
        release,
        recorded: [granted(release, status), head(release)],
        document: {},
      });
    expect(parseLines(text('token-endpoint.jsonl')).map(({ releases }) => releases)).toEqual([
      ['1.44', '1.45'],
      ['1.46'],
    ]);
    expect(text('conditional.jsonl')).toBe(
      ['1.44', '1.45', '1.46'].map((one) => `${formatLine(head(one).line)}\n`).join(''),
    );
    expect(releasesIn(url())).toEqual(['1.44', '1.45', '1.46']);
    expect(readRecorded('1.45', url()).map(({ line }) => line.name)).toEqual(['HEAD', 'granted']);
  });

  test('does not change the bytes of other releases', async () => {
    const before = '{"name": "granted", "releases": ["1.28"], "request": {}, "response": {}}\n';
    writeFileSync(join(folder, 'token-endpoint.jsonl'), before);
    await writeRecording(url(), { release: '1.44', recorded: [granted('1.44')], document: {} });
    expect(text('token-endpoint.jsonl')).toBe(`${before}${formatLine(granted('1.44').line)}\n`);
  });

  test('that fails does not mark the release as recorded and leaves no files behind', async () => {
    mkdirSync(join(folder, 'logto-1.44.openapi.json', 'folder'), { recursive: true });
    await expect(writeRecording(url(), { release: '1.44', recorded: [], document: {} })).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['logto-1.44.openapi.json']);
  });
});
