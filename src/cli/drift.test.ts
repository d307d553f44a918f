import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordedReleases } from '../contract/recordings/files.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'drift-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The newest release that is recorded: our document may describe a later one. */
const newest = recordedReleases.at(-1) ?? '';
const recorded = (release: string): string =>
  join(root, `contracts/recordings/logto-${release}.openapi.json`);
const written = (name: string, document: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(document));
  return join(folder, name);
};

const drift = (args: string[], env: Record<string, string> = {}) => {
  const { LOGTO_ENDPOINT: _, ...rest } = process.env;
  const command = [join(import.meta.dirname, 'main.ts'), 'drift', ...args];
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, command, { env: { ...rest, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
};

describe('wrong use exits with 2 and says what would be right', () => {
  test.each<[string[], string]>([
    [[], 'drift needs --endpoint URL, or FILE, or LOGTO_ENDPOINT'],
    [['a.json', 'b.json'], 'the old document comes after --against'],
    [['a.json', '--endpoint', 'https://a.example'], 'takes --endpoint or FILE, not both'],
    [['a.json', '--json', '--markdown'], 'prints --json or --markdown, not both'],
    [['none.json'], 'none.json cannot be read: ENOENT'],
    [[recorded('1.43'), '--against', 'none.json'], 'none.json cannot be read: ENOENT'],
    [[join(root, 'openapi.yaml')], 'is YAML; make JSON of it first'],
    [['--endpoint', 'tenant'], 'must be an http or https URL'],
    [[recorded('1.42'), '--release', 'v1'], '--release takes a release as in 1.42, not v1'],
    [[recorded('1.42'), '--against', 'a.json', '--release', '1.42'], 'it has no say in --against'],
    [
      [recorded('1.43'), '--release', '1.42'],
      'is no Logto 1.42: it has what came with 1.43. Give --release 1.43, or a later one',
    ],
    [['--againts', 'a.json'], "Unknown option '--againts'"],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await drift(args);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('exits with', () => {
  test('0 when nothing differs but known wrongs', async () => {
    const { code, stdout } = await drift([recorded(newest), '--release', newest]);
    expect(stdout).toContain('No drift. 16 known wrongs');
    expect(code).toBe(0);
  });

  test('0 when a tenant of the named release lacks what came later, and nothing else', async () => {
    const { code, stdout } = await drift([recorded('1.42'), '--release', '1.42']);
    expect(stdout).toMatch(
      /No drift\. 16 known wrongs of the vendor's document and \d+ fields and values of later releases aside\./,
    );
    expect(code).toBe(0);
  });

  test('1 when a tenant of the named release lacks what that one has', async () => {
    const text = readFileSync(recorded('1.42'), 'utf8').replaceAll('"organization":', '"organisation":');
    const file = written('spelt.json', JSON.parse(text));
    const { code, stdout } = await drift([file, '--release', '1.42', '--json']);
    const { counts, findings } = JSON.parse(stdout) as {
      counts: { later: number };
      findings: { field: string }[];
    };
    expect(counts.later).toBeGreaterThan(0);
    expect(findings.map(({ field }) => field)).toContain(
      '[tokenSample.kind=AccessToken]/contextSample/organization',
    );
    expect(code).toBe(1);
  });

  test('0 when what differs is compatible', async () => {
    const { code, stdout } = await drift([recorded('1.43'), '--against', recorded('1.42')]);
    expect(stdout).toContain('No change that may break a client, 3 compatible.');
    expect(code).toBe(0);
  });

  test('1 when something may break a client', async () => {
    const { code, stdout } = await drift([recorded('1.42'), '--against', recorded('1.28'), '--markdown']);
    expect(stdout).toContain('### JWT customizers: drift that may break a client');
    expect(code).toBe(1);
  });

  test('1, in one line, when there are no customizers at all', async () => {
    const { code, stdout } = await drift([written('none.json', { openapi: '3.0.1', paths: {} }), '--json']);
    const report = JSON.parse(stdout) as { findings: object[] };
    expect(report.findings).toMatchObject([{ code: 'operations-missing', breaks: true }]);
    expect(code).toBe(1);
  });

  test.each([
    ['is no OpenAPI document', { hello: 1 }, 'this is no OpenAPI 3 document'],
    ['is of Swagger 2', { swagger: '2.0', paths: {} }, 'this is no OpenAPI 3 document'],
    [
      'refers to another file',
      { openapi: '3.0.1', paths: { '/api/configs/jwt-customizer': { $ref: 'more.json' } } },
      'refers to more.json, which is not in this file. Put the parts into one file first',
    ],
    [
      'refers to nothing',
      {
        openapi: '3.0.1',
        paths: { '/api/configs/jwt-customizer': { get: { responses: { 200: { $ref: '#/no' } } } } },
      },
      'refers to #/no, which does not exist',
    ],
  ])('3 when a file %s', async (name, document, message) => {
    const { code, stderr } = await drift([written(`${name}.json`, document)]);
    expect(stderr).toContain(message);
    expect(code).toBe(3);
  });
});

describe('a tenant', () => {
  const server = createServer((request, response) => {
    if (request.url === '/api/swagger.json') response.end(readFileSync(recorded('1.42')));
    else response.writeHead(404).end();
  });
  let endpoint = '';
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  test('tells its release, and what our document has and it has not', async () => {
    const { code, stdout } = await drift(['--endpoint', endpoint]);
    expect(stdout).toContain(
      `${endpoint}/api/swagger.json (Logto from 1.42, before 1.43), compared with our document`,
    );
    expect(stdout).toMatch(/removed field .*cimdClientId .*\(since Logto 1\.43\)/);
    expect(code).toBe(1);
  });

  test('in the environment is compared with what was saved', async () => {
    const { code, stdout } = await drift(['--against', recorded('1.42')], { LOGTO_ENDPOINT: endpoint });
    expect(stdout).toContain('No drift.');
    expect(code).toBe(0);
  });

  test('that is something else could not be decided', async () => {
    const { code, stderr } = await drift(['--endpoint', `${endpoint}/console`]);
    expect(stderr).toContain('/console/api/swagger.json answers 404: is this the endpoint of a Logto tenant');
    expect(code).toBe(3);
  });
});
