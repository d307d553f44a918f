/** The package as people get it: packed, installed into an empty folder, and every block of the README run there. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../src/mock/index.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  devDependencies: Record<string, string>;
  scripts: object;
};

/** The README's code blocks in their order, each run by one test below. */
const blocks = [...read('README.md').matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, code]) => ({
  language: language ?? '',
  code: (code ?? '').trim(),
}));
const blockWith = (text: string): string => {
  const found = blocks.find(({ code }) => code.includes(text));
  if (found === undefined) throw new Error(`the README has no block with "${text}"`);
  run.add(found.code);
  return found.code;
};
const run = new Set<string>();

const folder = mkdtempSync(join(tmpdir(), 'consumer-'));
const tools = join(root, 'node_modules/node/bin');
const withoutTools = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((entry) => !entry.includes('node_modules'))
  .join(delimiter);

interface Ended {
  code: number;
  output: string;
}

/** Runs a command in the consumer's folder, with the Node of the tools or with the machine's own. */
const execute = async (
  file: string,
  args: string[],
  { env = {}, node = 'tools' as 'tools' | 'machine' } = {},
): Promise<Ended> => {
  const path = node === 'tools' ? `${tools}${delimiter}${withoutTools}` : withoutTools;
  const { VITEST: _, VITEST_POOL_ID: __, NODE_ENV: ___, ...inherited } = process.env;
  try {
    const { stdout, stderr } = await promisify(execFile)(file, args, {
      cwd: folder,
      env: { ...inherited, PATH: path, ...env },
      maxBuffer: 2 ** 26,
    });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
};

const install = async (...packages: string[]): Promise<void> => {
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', ...packages];
  const { code, output } = await execute('npm', args);
  if (code !== 0) throw new Error(output);
};

/** The packages that a line `npm install …` of a block adds, in the versions that we test with. */
const installedBy = (code: string): string[] =>
  (/npm install --save-dev (.*)/.exec(code)?.[1] ?? '')
    .split(' ')
    .map((name) => `${name}@${manifest.devDependencies[name]}`);

let mock: Mock;
beforeAll(async () => {
  const packed = await promisify(execFile)('npm', ['pack', '--pack-destination', folder], { cwd: root });
  const tarball = packed.stdout.trim().split('\n').at(-1) ?? '';
  writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
  expect(blockWith('npm install logto-jwt-customizer')).toBe('npm install logto-jwt-customizer');
  await install(`./${tarball}`);
  mock = await startMock();
}, 180_000);
afterAll(async () => {
  await mock?.close();
  rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({ LOGTO_ENDPOINT: mock.url, LOGTO_APP_ID: 'id', LOGTO_APP_SECRET: 'secret' });

describe('the packed package', () => {
  test('the two first commands of the README are what CI runs', () => {
    const gate = read('.ci/run');
    for (const command of ['npm run contract', 'npm test']) {
      expect(blockWith(`npm ci && ${command}`)).toBe(`npm ci && ${command}`);
      expect(gate).toContain(`step "${command}" ${command}\n`);
    }
  });

  test('brings one dependency', () => {
    const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed.sort()).toEqual(['logto-jwt-customizer', 'openapi-fetch', 'openapi-typescript-helpers']);
  });

  test.each(['machine', 'tools'] as const)(
    'runs the client of the README with the Node of the %s',
    async (node) => {
      writeFileSync(join(folder, 'client.mjs'), blockWith('createJwtCustomizerClient'));
      const { code, output } = await execute('node', ['client.mjs'], { env: environment(), node });
      expect(output).toBe('');
      expect(code).toBe(0);
    },
  );

  test.each(['mock', 'contract'])('%s says in one line which packages it lacks', async (command) => {
    const { code, output } = await execute('node_modules/.bin/logto-jwt-customizer', [command]);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain('Add it with: npm install --save-dev @stoplight/prism-http');
    expect(code).toBe(2);
  });

  test('types an exchange under nodenext', async () => {
    writeFileSync(
      join(folder, 'consumer.ts'),
      `import { createJwtCustomizerClient } from 'logto-jwt-customizer';
import { createRawClient } from 'logto-jwt-customizer/raw';
import type { AccessTokenJwtCustomizer } from 'logto-jwt-customizer/types';
import { validateAccessTokenJwtCustomizer } from 'logto-jwt-customizer/validators/request';
import { validateClientCredentialsJwtCustomizer } from 'logto-jwt-customizer/validators/response';
import { validateJwtCustomizerConfigs } from 'logto-jwt-customizer/validators/closed';
const client = createJwtCustomizerClient({ endpoint: '', getToken: () => '' });
export const updated: Promise<AccessTokenJwtCustomizer> = client.update('access-token', { script: '' });
// @ts-expect-error: an unknown field
export const refused = client.update('access-token', { script: '', envVars: {} });
export const raw = createRawClient({ endpoint: '' }).GET('/api/configs/jwt-customizer');
export const issues: string[] = [
  ...validateAccessTokenJwtCustomizer({}),
  ...validateClientCredentialsJwtCustomizer({}),
  ...validateJwtCustomizerConfigs({}),
].map(({ pointer }) => pointer);
`,
    );
    const args = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--lib',
      'es2023,dom',
      'consumer.ts',
    ];
    const { output } = await execute('node', [
      join(root, 'node_modules/@typescript/native/bin/tsc'),
      ...args,
    ]);
    expect(output).toBe('');
  });

  test('has the document, written and bundled', async () => {
    const code = `
      import { readFileSync } from 'node:fs';
      import { createRequire } from 'node:module';
      const { resolve } = createRequire(import.meta.url);
      const yaml = readFileSync(resolve('logto-jwt-customizer/openapi.yaml'), 'utf8');
      const json = JSON.parse(readFileSync(resolve('logto-jwt-customizer/openapi.json'), 'utf8'));
      console.log(yaml.split('\\n')[0], Object.keys(json.paths).length);`;
    expect(await execute('node', ['--input-type=module', '-e', code])).toEqual({
      code: 0,
      output: 'openapi: 3.1.0 4\n',
    });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('serves the mock of the README until %s', async (signal) => {
    const block = blockWith('npx logto-jwt-customizer mock');
    await install('--save-dev', ...installedBy(block));
    const args = ['node_modules/logto-jwt-customizer/dist/src/cli/main.js', 'mock', '--port', '0'];
    const child = spawn(join(tools, 'node'), args, { cwd: folder });
    const url = await new Promise<string>((found) => {
      child.stdout.on('data', (data: Buffer) => {
        const match = /http:\/\/\S+:\d+/.exec(String(data));
        if (match) found(match[0]);
      });
    });
    const response = await fetch(`${url}/api/swagger.json`);
    expect(response.status).toBe(200);
    const ended = new Promise<number | null>((exit) => child.once('exit', exit));
    child.kill(signal);
    expect(await ended).toBe(0);
  });

  test('runs the mock inside a test, as the README shows', async () => {
    writeFileSync(join(folder, 'mock.js'), blockWith('startMock'));
    expect(await execute('node', ['mock.js'])).toEqual({ code: 0, output: '200 AccessToken\n' });
  });

  test('runs the contract suite of the README', async () => {
    const block = blockWith('npx logto-jwt-customizer contract');
    await install('--save-dev', ...installedBy(block));
    const { code, output } = await execute('node_modules/.bin/logto-jwt-customizer', ['contract']);
    expect(output).toMatch(/^mock: \d+ passed, 0 failed/m);
    expect(output).toMatch(/^recordings 1\.43: \d+ passed, 0 failed/m);
    expect(code).toBe(0);
  });

  test('tells an old Node that vitest needs a newer one', async () => {
    const { code, output } = await execute('node_modules/.bin/logto-jwt-customizer', ['contract'], {
      node: 'machine',
    });
    const { output: version } = await execute('node', ['--version'], { node: 'machine' });
    const isOld = Number(/v(\d+)/.exec(version)?.[1]) < 22;
    expect(code).toBe(isOld ? 2 : 0);
    if (isOld) expect(output).toContain('needs Node 22.12 or later');
  });

  test('every block of the README was run', () => {
    expect(blocks.map(({ code }) => code).filter((code) => !run.has(code))).toEqual([]);
  });

  test('holds no test and no path of the machine it was made on', async () => {
    const place = join(folder, 'node_modules/logto-jwt-customizer');
    const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const { name, parentPath } of files) {
      if (!name.startsWith('contract.test.')) expect(name).not.toMatch(/\.test(-|\.)/);
      expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toContain(root);
    }
  });
}, 180_000);
