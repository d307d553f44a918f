/** The packed package, installed into an empty folder, where every block of the README and the guides runs. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { serveTenant } from '../contracts/conforming/index.ts';
import { makeTestReport } from '../src/report/report.test-helper.ts';
import { createConsumer, toolsNode } from './package/consumer.test-helper.ts';
import { root } from './package/pack.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  name: string;
  devDependencies: Record<string, string>;
  scripts: object;
};

const pages = ['README.md', 'docs/client.md', 'docs/mock.md', 'docs/contract.md', 'docs/scripts.md'];
/** The code blocks of the pages; each runs in one test below. */
const blocks = pages.flatMap((page) =>
  [...read(page).matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({
    page,
    language,
    code: code.trim(),
  })),
);
const run = new Set<string>();
const blockWith = (text: string): string => {
  const found = blocks.find(({ code }) => code.includes(text));
  if (found === undefined) throw new Error(`no page has a block that contains "${text}"`);
  run.add(found.code);
  return found.code;
};

const { folder, write, execute, install } = createConsumer();

/** The packages of a block's line `npm install …`, in the versions that we test with. */
const installedBy = (code: string): string[] =>
  (/npm install --save-dev (.*)/.exec(code)?.[1] ?? '')
    .split(' ')
    .filter((name) => name !== '' && name !== manifest.name)
    .map((name) => `${name}@${manifest.devDependencies[name]}`);

beforeAll(async () => {
  blockWith('npm install logto-jwt-customizer jose');
  // package/deploy-guides.test.ts runs them.
  expect(read('docs/first-claim.md')).toContain(blockWith('npx logto-jwt-customizer init').split('\n')[1]);
  await install(inject('tarball'));
}, 180_000);

describe('the packed package', () => {
  test('CI runs the two first commands of the README', () => {
    const gate = read('.ci/run');
    for (const command of ['npm run contract', 'npm test']) {
      expect(blockWith(`npm ci && ${command}`)).toBe(`npm ci && ${command}`);
      expect(gate).toMatch(new RegExp(`^ *step ${command}( |$)`, 'm'));
    }
  });

  test('brings one dependency', () => {
    const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed.sort()).toEqual(['logto-jwt-customizer', 'openapi-fetch', 'openapi-typescript-helpers']);
  });

  test.each(['machine', 'tools'] as const)(
    'runs the client of the README with the Node of the %s',
    async (node) => {
      write('client.mjs', blockWith('RequestRefusedError'));
      const { env, counts, close } = await serveTenant();
      expect(await execute('node', ['client.mjs'], { env, node })).toEqual({ code: 0, output: '' });
      expect(counts).toMatchObject({ put: 1, patch: 1 });
      await close();
    },
  );

  test.each([
    [['mock'], 'jose'],
    [['mock', '--prism'], '@stoplight/prism-http'],
    [['contract'], 'vitest jose'],
    [['contract', '--target', 'prism'], 'vitest @stoplight/prism-http'],
    [['contract', '--target', 'recordings'], 'vitest'],
    [['drift', '--endpoint', 'https://my-tenant.logto.app'], '@redocly/cli'],
    [['check', 'script.ts'], 'acorn eslint-scope amaro'],
    [['run', 'script.js'], 'acorn'],
  ])('%j reports in one line which packages are missing', async (command, packages) => {
    const { code, output } = await execute('node_modules/.bin/logto-jwt-customizer', command);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(`Install with: npm install --save-dev ${packages}\n`);
    expect(code).toBe(2);
  });

  test('completes samples without any of them', async () => {
    const code = `import { accessTokenSample, build } from 'logto-jwt-customizer/claims';
console.log(accessTokenSample({ user: { roles: ['Editor'] } }).context.user.roles[0].name);
await build('script.ts').catch(({ message }) => console.log(message));`;
    write('script.ts', 'export const getCustomJwtClaims = () => ({});');
    expect(await execute('node', ['--input-type=module', '-e', code])).toEqual({
      code: 0,
      output: 'Editor\namaro cannot be found. Install with: npm install --save-dev amaro\n',
    });
  });

  test("runs the README's first script on a tenant", async () => {
    write('tenant.mjs', blockWith('...credentials'));
    const { env, close } = await serveTenant();
    expect(await execute('node', ['tenant.mjs'], { env })).toEqual({ code: 0, output: "{ hello: 'Ada' }\n" });
    await close();
  });

  test('generates a page of reports without any optional package', async () => {
    write('another-report.json', JSON.stringify(makeTestReport({ told: { tenant: { one: 'failed' } } })));
    const command = ['report', 'another-report.json', '--output', 'another.html'];
    const { code, output } = await execute('node_modules/.bin/logto-jwt-customizer', command);
    expect(output).toBe('The report is in another.html.\n');
    expect(code).toBe(1);
    expect(readFileSync(join(folder, 'another.html'), 'utf8')).toContain('a.example.com');
  });

  test('compares a tenant as the README shows', async () => {
    const block = blockWith('npx logto-jwt-customizer drift');
    await install('--save-dev', ...installedBy(block));
    const server = createServer((_, response) =>
      response.end(read('contracts/recordings/logto-1.42.openapi.json')),
    ).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [, command = ''] = block.replace('https://my-tenant.logto.app', endpoint).split('\n');
    const [, ...args] = command.split(' ');
    for (const node of ['machine', 'tools'] as const)
      expect(await execute('npx', args, { node })).toEqual({
        code: 0,
        output: `${endpoint} compared with Logto 1.42\nNo drift.\n`,
      });
    write('swagger.json', read('contracts/recordings/logto-1.28.openapi.json'));
    const saved = await execute('npx', [...args, '--against', 'swagger.json', '--json']);
    const schema = `import schema from 'logto-jwt-customizer/drift.schema.json' with { type: 'json' };
console.log(schema.properties.version.const);`;
    expect(JSON.parse(saved.output)).toMatchObject({ version: 1, counts: { breaking: 3 } });
    expect(saved.code).toBe(1);
    expect(await execute('node', ['--input-type=module', '-e', schema])).toEqual({ code: 0, output: '1\n' });
    server.close();
  });

  test('contains the document, split and bundled', async () => {
    const code = `
      import { readFileSync } from 'node:fs';
      import { createRequire } from 'node:module';
      const { resolve } = createRequire(import.meta.url);
      const yaml = readFileSync(resolve('logto-jwt-customizer/openapi.yaml'), 'utf8');
      const json = JSON.parse(readFileSync(resolve('logto-jwt-customizer/openapi.json'), 'utf8'));
      const served = JSON.parse(readFileSync(resolve('logto-jwt-customizer/openapi.by-token-type.json'), 'utf8'));
      console.log(yaml.split('\\n')[0], Object.keys(json.paths).length, Object.keys(served.paths).length);`;
    expect(await execute('node', ['--input-type=module', '-e', code])).toEqual({
      code: 0,
      output: 'openapi: 3.1.0 4 5\n',
    });
  });

  /** Runs the command of a block on a free port, requests a path, and ends the command with a signal and exit code 0. */
  const serving = async (block: string, path: string, signal: 'SIGTERM' | 'SIGINT'): Promise<Response> => {
    await install('--save-dev', ...installedBy(block));
    const [, flags = ''] = /logto-jwt-customizer mock (.*)--port 4010$/m.exec(block) ?? [];
    const args = ['node_modules/logto-jwt-customizer/dist/src/cli/main.js', 'mock', '--port', '0'];
    const child = spawn(join(toolsNode, 'node'), [...args, ...flags.split(' ').filter(Boolean)], {
      cwd: folder,
    });
    const url = await new Promise<string>((found) => {
      child.stdout.on('data', (data: Buffer) => {
        const match = /http:\/\/\S+:\d+/.exec(String(data));
        if (match) found(match[0]);
      });
    });
    const response = await fetch(url + path, { headers: { authorization: 'Bearer any' } });
    const ended = new Promise<number | null>((exit) => child.once('exit', exit));
    child.kill(signal);
    expect(await ended).toBe(0);
    return response;
  };

  test.each([
    // This block also installs jose.
    ['guide', 'SIGINT', 'customizer jose\nnpx logto-jwt-customizer mock --port'],
    ['README', 'SIGTERM', 'npx logto-jwt-customizer mock --port'],
  ] as const)('serves the mock of the %s until %s', async (_, signal, text) => {
    const block = blockWith(text);
    expect((await serving(block, '/api/swagger.json', signal)).status).toBe(200);
  });

  test('runs a script on the mock as the README shows, and the mock in a program as its guide shows', async () => {
    write('try.mjs', blockWith('hello: context.user.name'));
    expect(await execute('node', ['try.mjs'])).toEqual({ code: 0, output: "{ hello: 'Ada' }\n" });
    write('mock.mjs', blockWith('mock.state()'));
    expect(await execute('node', ['mock.mjs'])).toEqual({
      code: 0,
      output: expect.stringContaining("environmentVariables: { PLAN: 'pro' }"),
    });
  });

  describe('a script', () => {
    const shell = (command: string, node?: 'machine') => execute('sh', ['-c', command], node && { node });
    const file = 'claims/access-token.ts';
    const script = blockWith('context.user.isSuspended');

    beforeAll(async () => {
      mkdirSync(join(folder, 'claims'));
      await install('--save-dev', ...installedBy(blockWith('npm install --save-dev acorn')));
      expect(installedBy(blockWith('--save-dev logto-jwt-customizer acorn'))).toEqual(
        installedBy(blockWith('npm install --save-dev acorn')),
      );
    });

    test.each([undefined, 'machine'] as const)('is checked as the README shows', async (node) => {
      write(file, blockWith('{ context }: AccessTokenInput)'));
      const command = blockWith('npx logto-jwt-customizer check');
      expect(await shell(command, node)).toEqual({ code: 0, output: '1 script: 0 errors, 0 warnings.\n' });
    });

    test('is checked as the guide shows: with its mistake, on a release, and in JavaScript', async () => {
      write(file, script.replace('user.isSuspended', 'isSuspended'));
      const { code, output } = await shell(blockWith('npx logto-jwt-customizer check'));
      expect(read('docs/scripts.md')).toContain(`\`\`\`\n${output}\`\`\``);
      expect(code).toBe(1);
      write(file, script);
      write('claims/machine.js', blockWith('ClientCredentialsCustomizer'));
      const good = 'script: 0 errors, 0 warnings.\n';
      expect(await shell(blockWith('--release 1.42'))).toEqual({ code: 0, output: `1 ${good}` });
      expect(await shell('npx logto-jwt-customizer check')).toEqual({
        code: 0,
        output: `2 ${good.replace('script', 'scripts')}`,
      });
      expect((await shell(blockWith('rules unknown-member'))).output).toContain('unknown-member (error');
    });

    test('has samples that are expected, run and tested, as the guide shows', async () => {
      write(file, script);
      write('claims/access-token.editor.sample.json', blockWith('"Editor"'));
      write('claims/access-token.suspended.sample.json', blockWith('"denied"'));
      expect((await shell('npx logto-jwt-customizer check')).code).toBe(0);
      write(file, script.replace('This account', 'Ada'));
      expect((await shell('npx logto-jwt-customizer check')).output).toContain('sample-differs');
      write(file, script);
      const { output } = await shell(blockWith('npx logto-jwt-customizer run'));
      expect(output).toContain('"plan": "pro"');
      await install('--save-dev', ...installedBy(blockWith('npm install --save-dev vitest jose')));
      write('claims/access-token.test.ts', blockWith('runCustomizer(script'));
      const tested = await execute('npx', ['vitest', 'run', '--no-color', 'claims']);
      expect(tested.output).toMatch(/Tests +2 passed/);
    });

    test('is built as the guide shows', async () => {
      write('build.mjs', blockWith('await build('));
      const { code, output } = await execute('node', ['build.mjs']);
      expect([code, output]).toEqual([0, expect.stringMatching(/^ +const getCustomJwtClaims = async/m)]);
      expect(output.split('\n')).toHaveLength(script.split('\n').length + 1);
    });
  });

  test('gives each vitest test its own tenant, as the README shows', async () => {
    await install('--save-dev', ...installedBy(blockWith('npm install --save-dev vitest jose')));
    write('customizer.test.ts', blockWith('mockTenant'));
    const args = ['vitest', 'run', '--reporter=json', '--outputFile=report.json', 'customizer.test.ts'];
    const { code, output } = await execute('npx', args);
    expect(code, output).toBe(0);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as object;
    expect(report).toMatchObject({ numPassedTests: 1, numTotalTests: 1, success: true });
  });

  test('the suite skips Prism with one line if it is not installed, and is inconclusive if it is broken', async () => {
    const contract = (...args: string[]) =>
      execute('node_modules/.bin/logto-jwt-customizer', ['contract', '-t', 'PATCH refuses', ...args]);
    const skipped = await contract();
    expect(skipped.output.split('\n')[0]).toBe(
      'Skipping prism: @stoplight/prism-http is not installed. To add it: npm install --save-dev @stoplight/prism-http',
    );
    expect(skipped.output).not.toMatch(/^prism: /m);
    expect(skipped.code).toBe(0);
    expect((await contract('--target', 'prism')).code).toBe(2);
    const broken = join(folder, 'node_modules/@stoplight/prism-http');
    mkdirSync(broken, { recursive: true });
    writeFileSync(join(broken, 'index.js'), "throw new Error('Prism is broken');");
    for (const args of [[], ['--target', 'prism']]) {
      const { code, output } = await contract(...args);
      expect(output).toContain('Prism is broken');
      expect(code).toBe(3);
    }
    rmSync(broken, { recursive: true });
  });

  test('serves the document with Prism, as its guide shows', async () => {
    const block = blockWith('npx logto-jwt-customizer mock --prism');
    const response = await serving(block, '/api/configs/jwt-customizer/client-credentials', 'SIGTERM');
    expect(await response.json()).toMatchObject({ tokenSample: { kind: 'ClientCredentials' } });
  });

  test("contains the file that Prism's own command serves", () => {
    // contracts/prism.test.ts runs the command.
    const [path = ''] = blockWith('npx @stoplight/prism-cli mock').split(' ').slice(-1);
    expect(readFileSync(join(folder, path), 'utf8')).toBe(read('generated/openapi.by-token-type.json'));
  });

  test('runs the contract suite of the README', async () => {
    const block = blockWith('npx logto-jwt-customizer contract');
    expect(blockWith('--save-dev logto-jwt-customizer vitest')).toBe(
      block.replace('--save-dev', '--save-dev logto-jwt-customizer'),
    );
    await install('--save-dev', ...installedBy(block));
    const { code, output } = await execute('node_modules/.bin/logto-jwt-customizer', ['contract']);
    expect(output).toMatch(/^prism: \d+ passed, 0 failed/m);
    expect(output).toMatch(/^mock: \d+ passed, 0 failed/m);
    expect(output).toMatch(/^recordings 1\.43: \d+ passed, 0 failed/m);
    expect(code).toBe(0);
  });

  test('records a tenant as the project did', async () => {
    const { env: reaching, close } = await serveTenant();
    const env = { ...reaching, XDG_STATE_HOME: join(folder, 'state') };
    const flags = '--target tenant --record DIR --release 1.44 --allow-overwrite';
    expect(read('docs/contract.md')).toContain(flags);
    const args = ['contract', ...flags.replace('1.44', '1.43').split(' ')];
    const { code, output } = await execute('node_modules/.bin/logto-jwt-customizer', args, { env });
    await close();
    expect(output).toContain(`Recorded Logto 1.43 in ${join(folder, 'DIR')}`);
    expect(code).toBe(0);
    const recorded = (file: string): string => readFileSync(join(folder, 'DIR', file), 'utf8');
    const committed = (file: string): string => read(`contracts/recordings/${file}`);
    expect(recorded('logto-1.43.openapi.json')).toBe(committed('logto-1.43.openapi.json'));
    const lines = committed('logto-1.43.jsonl').split('\n');
    const same = recorded('logto-1.43.jsonl')
      .split('\n')
      .filter((line) => lines.includes(line));
    expect(same.length).toBeGreaterThan(70);
  });

  test('generates the reports of the guide, and one page of them', async () => {
    const [run = '', joining = ''] = blockWith('--report html').split('\n');
    const made = await execute('sh', ['-c', `${run} --target recordings`]);
    expect(made.output).toContain('The report is in contract-report.html.');
    expect(made.code).toBe(0);
    const schema = 'logto-jwt-customizer/report.schema.json';
    const code = `import schema from '${schema}' with { type: 'json' }; console.log(schema.properties.version.const);`;
    expect(await execute('node', ['--input-type=module', '-e', code])).toMatchObject({ output: '1\n' });
    const joined = await execute('sh', ['-c', `${joining} --output joined.html`]);
    expect(joined).toEqual({ code: 0, output: 'The report is in joined.html.\n' });
    for (const name of ['contract-report.html', 'joined.html'])
      expect(readFileSync(join(folder, name), 'utf8')).toContain('recordings 1.43');
  });

  test('reports on an old Node that vitest needs a newer one', async () => {
    const { code, output } = await execute('node_modules/.bin/logto-jwt-customizer', ['contract'], {
      node: 'machine',
    });
    const { output: version } = await execute('node', ['--version'], { node: 'machine' });
    const isOld = Number(/v(\d+)/.exec(version)?.[1]) < 22;
    expect(code).toBe(isOld ? 2 : 0);
    if (isOld) expect(output).toContain('needs Node 22.12 or later');
  });

  test('explains the rule of the guide', async () => {
    const [, ...args] = blockWith('npx logto-jwt-customizer rules').split(' ');
    const { code, output } = await execute('npx', args);
    expect(output).toContain('patch-merges');
    expect(code).toBe(0);
  });

  test('the JavaScript of the pages compiles as strict TypeScript', async () => {
    const names = blocks
      .filter(({ language }) => language === 'js' || language === 'ts')
      .map(({ code }, index) => {
        // What is typed by a comment is JavaScript.
        const name = `block-${index}.${code.startsWith('/** @type') ? 'js' : 'ts'}`;
        write(name, code);
        run.add(code);
        return name;
      });
    expect(names.length).toBeGreaterThan(4);
    const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
    const strict = [
      '--strict',
      '--noUncheckedIndexedAccess',
      '--exactOptionalPropertyTypes',
      '--skipLibCheck',
    ];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
    const args = [
      '--noEmit',
      '--allowJs',
      '--checkJs',
      ...strict,
      '--module',
      'nodenext',
      '--target',
      'es2023',
      ...types,
      ...names,
    ];
    expect(await execute('node', [tsc, ...args])).toEqual({ code: 0, output: '' });
  });

  test('every block of the pages was run', () => {
    expect(blocks.filter(({ code }) => !run.has(code))).toEqual([]);
  });

  test('the README has no relative link, and at most 1,200 words', () => {
    expect(read('README.md')).not.toMatch(/\]\((?!https:\/\/)/);
    expect(read('README.md').split(/\s+/).length).toBeLessThanOrEqual(1200);
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
