/** `contract --record` reproduces the project's own recordings, and its files can be replayed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../scripts/temporary.test-helper.ts';
import { assertConforms, loadCases } from '../../../src/contract/index.ts';
import { isObject, type Json } from '../../../src/contract/json.ts';
import { openRecordings } from '../../../src/contract/targets/recordings.ts';
import { recordedReleases } from '../../conforming/index.ts';
import { filesIn, openRecording } from './run.ts';

interface Exception {
  file: string;
  name: string;
  reason: string;
}

const exceptions = JSON.parse(
  readFileSync(new URL('exceptions.json', import.meta.url), 'utf8'),
) as Exception[];

const recordings = new URL('../', import.meta.url);
const committed = (file: string): string => readFileSync(new URL(file, recordings), 'utf8');

const folder = temporaryFolder();
const replayed = pathToFileURL(`${folder}/`);

const sentence = 'A sentence for people.';

/** A tenant's complete document: the recorded parts with those that recording removes. */
const wholeDocument = (recorded: string): string => {
  const told = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(told);
    if (!isObject(value)) return value;
    const entries = Object.entries(value).map(([key, item]): [string, Json] => [key, told(item)]);
    const isSchema = typeof value['type'] === 'string' || 'operationId' in value || 'in' in value;
    return Object.fromEntries([
      ...(isSchema
        ? [
            ['description', sentence],
            ['summary', sentence],
          ]
        : []),
      ...entries,
    ]);
  };
  const { openapi, info, paths, components, ...rest } = told(JSON.parse(recorded) as Json) as {
    [key: string]: { [key: string]: Json };
  };
  const ours = Object.entries(paths ?? {});
  const document = {
    openapi,
    servers: [{ url: 'http://127.0.0.1:3001/', description: sentence }],
    info: { ...info, title: 'Logto API references', description: sentence },
    ...rest,
    paths: {
      '/api/configs/admin-console': { get: { operationId: 'GetAdminConsoleConfig', description: sentence } },
      ...Object.fromEntries(ours.slice(0, 1)),
      '/api/users': { get: { operationId: 'ListUsers', responses: { '200': { description: sentence } } } },
      ...Object.fromEntries(ours.slice(1)),
    },
    components: { schemas: { User: { type: 'object' } }, ...components },
    tags: [{ name: 'Configs', description: sentence }],
  };
  return JSON.stringify(document);
};

const outcomes: Record<string, { code: number | null; output: string; stored: object }> = {};

beforeAll(async () => {
  // One by one: the files that contain every release grow with each.
  for (const release of recordedReleases) {
    const document = wholeDocument(committed(`logto-${release}.openapi.json`));
    const recording = await openRecording(
      { release },
      {
        folder,
        hook: async ({ path }, next) => {
          const response = await next();
          return path === '/api/swagger.json' ? { ...response, body: document } : response;
        },
      },
    );
    const { code, output } = await recording.contract().ended;
    outcomes[release] = { code, output, stored: recording.tenant.customizers };
    await recording.close();
  }
}, 240_000);

/** The lines by name, only those of one release if a file contains several. */
const linesOf = (text: string): Map<string, string> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line, JSON.parse(line) as { name: string; release?: string }] as const)
      .map(([line, { name, release = '' }]) => [`${release} ${name}`, line]),
  );

const isException = (file: string, key: string): boolean =>
  exceptions.some(
    (exception) =>
      key.endsWith(` ${exception.name}`) &&
      [file, file.replace(/\d+\.\d+/, '<release>')].includes(exception.file),
  );

/** The recorded lines that are not exceptions. */
const provable = (file: string): Map<string, string> =>
  new Map([...linesOf(committed(file))].filter(([key]) => !isException(file, key)));

describe.each(recordedReleases)('a tenant of %s', (release) => {
  test('is recorded and left unchanged', () => {
    expect(outcomes[release]?.output).toContain(`Recorded Logto ${release} in ${folder}`);
    expect(outcomes[release]?.code).toBe(0);
    expect(outcomes[release]?.stored).toEqual({});
  });

  test('gives the same lines as the real one, byte for byte and in the same order', () => {
    const file = `logto-${release}.jsonl`;
    const found = linesOf(readFileSync(join(folder, file), 'utf8'));
    const expected = provable(file);
    expect(expected.size).toBeGreaterThanOrEqual(74);
    expect([...found.values()].slice(0, expected.size)).toEqual([...expected.values()]);
  });

  test('has a line for every case that applies to it', () => {
    const target = openRecordings(release, replayed);
    for (const contract of loadCases())
      expect(target.cannotShow(contract) ?? 'holds before', contract.name).toMatch(/^holds (from|before)/);
  });

  test('can be replayed: every case passes on its recording', async () => {
    const target = openRecordings(release, replayed);
    const applicable = loadCases().filter((contract) => target.cannotShow(contract) === undefined);
    for (const contract of applicable) assertConforms(contract, await target.exchange(contract));
    expect(applicable.length).toBeGreaterThan(190);
  });

  test('gives the recorded document, without descriptions and other paths', () => {
    const file = `logto-${release}.openapi.json`;
    expect(wholeDocument(committed(file))).toContain(sentence);
    expect(readFileSync(join(folder, file), 'utf8')).toBe(committed(file));
  });
});

test('conditional requests are recorded byte for byte, grouped by release', () => {
  const found = linesOf(readFileSync(join(folder, 'conditional.jsonl'), 'utf8'));
  expect([...found.values()]).toEqual([...provable('conditional.jsonl').values()]);
});

test('the token endpoint is recorded once for all releases, which are listed', () => {
  const parsed = (text: string): { name: string; releases: string[] }[] =>
    [...linesOf(text).values()].map((line) => JSON.parse(line));
  const found = parsed(readFileSync(join(folder, 'token-endpoint.jsonl'), 'utf8'));
  const expected = parsed(committed('token-endpoint.jsonl'));
  expect(found).toHaveLength(expected.length);
  for (const line of expected) {
    const again = found.find(({ name }) => name === line.name);
    // A release that was recorded without a second application lacks one line.
    const releases = again?.releases.filter((release) => line.releases.includes(release));
    expect({ ...again, releases }).toEqual(line);
  }
});

test('no other files are written', () => {
  const files = recordedReleases.flatMap((release) => [
    `logto-${release}.jsonl`,
    `logto-${release}.openapi.json`,
  ]);
  expect(Object.keys(filesIn(folder)).sort()).toEqual(
    ['conditional.jsonl', ...files, 'token-endpoint.jsonl'].sort(),
  );
});

test('every exception is a recorded line that no case sends', () => {
  const evidence = new Set(
    loadCases().map(({ evidence }) => ('recording' in evidence ? evidence.recording : '')),
  );
  for (const { file, name } of exceptions) {
    const files = recordedReleases.map((release) => file.replace('<release>', release));
    const lines = files.flatMap((one) => [...linesOf(committed(one)).keys()]);
    expect(
      lines.some((key) => key.endsWith(` ${name}`)),
      `${name}: no such line`,
    ).toBe(true);
    expect(evidence.has(name), `${name}: a case sends it now`).toBe(false);
  }
});

test("no case has the name of another's evidence, which would confuse their lines", () => {
  const cases = loadCases();
  const names = new Set(cases.map(({ name }) => name));
  const others = cases.flatMap(({ evidence }) => ('recording' in evidence ? evidence.recording : []));
  expect(others.filter((name) => names.has(name))).toEqual([]);
});
