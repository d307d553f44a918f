import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import schema from '../../spec/drift.schema.json' with { type: 'json' };
import { listen } from '../contract/listen.test-helper.ts';
import type { DriftReport } from '../drift/index.ts';
import { type CliOptions, cli } from './cli.test-helper.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'drift-'));
afterAll(() => rmSync(folder, { recursive: true }));

const recorded = (release: string): string =>
  join(root, `contracts/recordings/logto-${release}.openapi.json`);
const written = (name: string, content: unknown): string => {
  const isText = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(join(folder, name), isText ? content : JSON.stringify(content));
  return join(folder, name);
};

const drift = (args: string[], options: CliOptions = {}) =>
  cli(['drift', ...args], { cwd: folder, ...options });

describe('a usage error exits with 2 and says what to write instead', () => {
  test.each<[string[], string]>([
    [[], 'drift needs --endpoint URL, or FILE, or LOGTO_ENDPOINT'],
    [['a.json', 'b.json'], 'the one to compare with follows --against'],
    [['a.json', '--endpoint', 'https://a.example'], 'takes --endpoint or FILE, not both'],
    [['a.json', '--json', '--markdown'], 'prints --json or --markdown, not both'],
    [['--endpoint', 'tenant'], 'must be an http or https URL'],
    [
      ['a.json', '--release', 'v1'],
      '--release takes a release of Logto from 1.28 to 1.43, for example 1.42, not v1',
    ],
    [['a.json', '--against', 'a.json', '--release', '1.42'], 'takes --against or --release, not both'],
    [['--againts', 'a.json'], "Unknown option '--againts'"],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await drift(args);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('what cannot be compared exits with 3 and names the file', () => {
  const utf16 = Buffer.from('\uFEFF{"openapi":"3.0.1"}', 'utf16le');
  const get = { responses: { 200: { $ref: '#/no' } } };
  test.each<[string, unknown, string]>([
    ['is not there', undefined, 'cannot be read: ENOENT'],
    ['is UTF-16', utf16, 'is UTF-16 or binary: save it as JSON in UTF-8'],
    ['is cut off', '\uFEFF{"openapi":', 'is not JSON'],
    ['is YAML', 'openapi: 3.1.0\n', 'is not JSON'],
    ['is HTML', '<!doctype html>', 'is HTML'],
    ['is not OpenAPI', { hello: 1 }, 'is not an OpenAPI 3 document'],
    ['is Swagger 2', { swagger: '2.0', paths: {} }, 'is not an OpenAPI 3 document'],
    [
      'has no customizer operation',
      { openapi: '3.0.1', paths: { '/api/logs': { get } } },
      'has no customizer operation',
    ],
    [
      'has an empty path',
      { openapi: '3.0.1', paths: { '/api/configs/jwt-customizer': {} } },
      'has no customizer operation',
    ],
    [
      'refers to another file',
      { openapi: '3.0.1', paths: { '/api/configs/jwt-customizer': { $ref: 'b.json' } } },
      'refers to b.json, which is not in it',
    ],
    [
      'refers to nothing',
      { openapi: '3.0.1', paths: { '/api/configs/jwt-customizer': { get } } },
      'refers to #/no, which is not in it',
    ],
  ])('that %s', async (name, content, message) => {
    const file = content === undefined ? join(folder, 'none.json') : written(`${name}.json`, content);
    for (const args of [[file], [recorded('1.43'), '--against', file]]) {
      const { code, stdout, stderr } = await drift(args);
      expect(stderr).toContain(`${file} ${message}`);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stdout).toBe('');
      expect(code).toBe(3);
    }
  });
});

test('a byte order mark is skipped', async () => {
  const file = written('mark.json', `\uFEFF${readFileSync(recorded('1.42'), 'utf8')}`);
  const { code, stdout } = await drift([file]);
  expect(stdout).toBe(`${file} compared with Logto 1.42\nNo drift.\n`);
  expect(code).toBe(0);
});

test('compatible changes are listed, and exit with 0', async () => {
  const { code, stdout } = await drift([recorded('1.43'), '--against', recorded('1.42')]);
  expect(stdout).toContain('0 breaking changes, 3 compatible.');
  expect(stdout).toContain('cimdClientId');
  expect(code).toBe(0);
});

test("a user's redocly.yaml, ignore file and environment have no effect", async () => {
  const cwd = join(folder, 'project');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'redocly.yaml'), 'extends: []\ndiff:\n  enum-values-added: off\n');
  const { code, stdout } = await drift([recorded('1.42'), '--release', '1.28'], {
    cwd,
    env: { REDOCLY_CLI_DIFF_SKIP_RULE: 'enum-values-added', REDOCLY_CLI_DIFF_FORMAT: 'markdown' },
  });
  expect(stdout).toContain('3 breaking changes, 18 compatible.');
  expect(code).toBe(1);
});

describe('each format', () => {
  /** A field that would be a command, or markup, in what is printed. */
  const hostile = '\n::error::no | <b>\u202e';
  const text = readFileSync(recorded('1.42'), 'utf8');
  const file = (): string =>
    written('hostile.json', text.replaceAll('"username":', `${JSON.stringify(hostile)}:`));
  const formatted = (...args: string[]) => drift([file(), '--against', recorded('1.42'), ...args]);

  test("text: the tenant's place", async () => {
    const { code, stdout } = await formatted();
    expect(stdout).toMatch(/Property `username` of `user` was (removed|renamed)/);
    expect(stdout).toContain(
      '/paths/~1api~1configs~1jwt-customizer~1test/post/requestBody/content/application~1json/schema/oneOf/0/properties/context/properties/user',
    );
    expect(stdout).not.toMatch(/(base|revision)\.json/);
    expect(stdout).not.toContain('\u202e');
    expect(stdout).not.toMatch(/^::/m);
    expect(code).toBe(1);
  });

  test('JSON, by its schema', async () => {
    const { code, stdout } = await formatted('--json');
    const report = JSON.parse(stdout) as DriftReport;
    const validate = new Ajv2020({ strict: true }).compile(schema);
    validate(report);
    expect(validate.errors).toBeNull();
    expect(report.counts.breaking).toBe(report.findings.filter(({ breaking }) => breaking).length);
    expect(report.counts.breaking).toBeGreaterThan(0);
    expect(code).toBe(1);
  });

  test('Markdown: what is text stays text', async () => {
    const { code, stdout } = await formatted('--markdown');
    expect(stdout).toMatch(/^### JWT customizers: \d+ breaking changes, \d+ compatible\.$/m);
    expect(stdout).toContain('| **breaking** | <code>');
    expect(stdout).not.toContain('<b>');
    expect(stdout).not.toMatch(/^::/m);
    expect(code).toBe(1);
  });

  test('annotations of GitHub: each finding is one command', async () => {
    const { code, stdout } = await formatted('--github');
    const lines = stdout.trim().split('\n');
    expect(lines.pop()).toMatch(/^\d+ breaking changes?, \d+ compatible\.$/);
    for (const line of lines)
      expect(line).toMatch(/^::(error|notice) title=JWT customizer drift::(request|response) /);
    expect(code).toBe(1);
  });
});

describe('a tenant', () => {
  const served = async (respond: RequestListener) => {
    const requests: { url: string | undefined; authorization: string | undefined }[] = [];
    const endpoint = await listen((request, response) => {
      requests.push({ url: request.url, authorization: request.headers.authorization });
      respond(request, response);
    });
    return { endpoint, requests };
  };

  test('is compared with its release: one request, without a token', async () => {
    const { endpoint, requests } = await served((_, response) =>
      response.end(readFileSync(recorded('1.42'))),
    );
    const { code, stdout } = await drift([], { env: { LOGTO_ENDPOINT: `${endpoint}/` } });
    expect(stdout).toBe(`${endpoint} compared with Logto 1.42\nNo drift.\n`);
    expect(requests).toEqual([{ url: '/api/swagger.json', authorization: undefined }]);
    expect(code).toBe(0);
  });

  test.each<[string, RequestListener, string]>([
    [
      'responds with 404',
      (_, response) => response.writeHead(404).end(),
      'responded with 404: is this the endpoint',
    ],
    [
      'redirects',
      (_, response) => response.writeHead(302, { location: 'https://a.example' }).end(),
      'redirects to https://a.example, which is not followed',
    ],
    ['responds with a page', (_, response) => response.end('<!doctype html>'), 'is HTML'],
    [
      'responds without an end',
      (_, response) => {
        const chunk = Buffer.alloc(4 * 1024 * 1024, ' ');
        const more = (): void => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', more).on('error', () => {});
        more();
      },
      'more than `maxResponseBytes`',
    ],
  ])('that %s is inconclusive', async (_, listener, message) => {
    const { endpoint } = await served(listener);
    const { code, stderr } = await drift(['--endpoint', endpoint]);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(3);
  });

  test('where nothing listens is named', async () => {
    const { code, stderr } = await drift(['--endpoint', 'http://127.0.0.1:1024']);
    expect(stderr).toContain('127.0.0.1:1024');
    expect(code).toBe(3);
  });
});

describe('Redocly', () => {
  /** The command with a Redocly of our own making. */
  const withRedocly = (version: string, script: string) => {
    const home = mkdtempSync(join(folder, 'redocly-'));
    for (const part of ['src', 'generated', 'contracts/recordings', 'package.json'])
      cpSync(join(root, part), join(home, part), { recursive: true });
    const own = join(home, 'node_modules/@redocly/cli');
    mkdirSync(join(own, 'bin'), { recursive: true });
    writeFileSync(
      join(own, 'package.json'),
      JSON.stringify({ name: '@redocly/cli', version, type: 'module' }),
    );
    writeFileSync(join(own, 'bin/cli.js'), script);
    symlinkSync(join(root, 'node_modules/openapi-fetch'), join(home, 'node_modules/openapi-fetch'));
    return { main: join(home, 'src/cli/main.ts') };
  };

  test.each([
    ['that has no diff', "console.error('Unknown command: diff'); process.exit(1)", 'Unknown command: diff'],
    [
      'whose result does not add up',
      `import { writeFileSync } from 'node:fs';
      writeFileSync('diff.json', '{"summary":{"major":1},"changes":[]}')`,
      'gave no result',
    ],
  ])('%s is inconclusive', async (_, script, message) => {
    const { code, stderr } = await drift([recorded('1.42')], withRedocly('2.71.0', script));
    expect(stderr).toContain('@redocly/cli 2.71.0 gave no result (diff came with 2.72)');
    expect(stderr).toContain(message);
    expect(code).toBe(3);
  });
});
