/**
 * Tests the packed package with the versions of its optional peers that its ranges allow, installed by each package
 * manager: two combinations, or all with NIGHTLY=1.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { isNightly } from '../../contracts/nightly.ts';
import manifest from '../../package.json' with { type: 'json' };
import { withoutTools } from '../execute.test-helper.ts';
import { createConsumer, toolsNode } from '../package/consumer.test-helper.ts';
import { root } from '../package/pack.ts';
import { toolPath } from './tools.test-helper.ts';

/** Those of `check` are tried by its own tests. */
type Peer = Exclude<keyof typeof manifest.peerDependencies, 'acorn' | 'amaro' | 'eslint-scope'>;

interface Combination {
  manager: keyof typeof managers;
  node: keyof typeof nodes;
  /** A version, or a range, which selects its newest version. */
  versions: Record<Peer, string>;
}

const versions = (
  vitest: string,
  jose: string,
  fastCheck: string,
  prism: string,
  redocly: string,
): Combination['versions'] => ({
  vitest,
  jose,
  'fast-check': fastCheck,
  '@stoplight/prism-http': prism,
  '@redocly/cli': redocly,
});

const nodes = {
  '20.19': dirname(toolPath('node-20-19/bin/node')),
  '22': dirname(toolPath('node-22/bin/node')),
  '24': toolsNode,
  '26': dirname(toolPath('node-26/bin/node')),
};

/** How each package manager adds packages, with an incompatible peer as an error. */
const managers = {
  npm: [
    'npm',
    'install',
    '--strict-peer-deps',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ],
  pnpm: [
    join(toolsNode, 'node'),
    toolPath('pnpm/bin/pnpm.mjs'),
    'add',
    '--strict-peer-dependencies',
    '--prefer-offline',
    // Otherwise a skipped install script is an error: that of @scarf/scarf, a dependency of Prism.
    '--ignore-scripts',
  ],
  'yarn 1': [
    'node',
    toolPath('yarn/bin/yarn.js'),
    'add',
    '--non-interactive',
    '--no-lockfile',
    '--prefer-offline',
  ],
  yarn: ['node', toolPath('@yarnpkg/cli-dist/bin/yarn.js'), 'add'],
};

const { devDependencies: ours } = manifest;
const oldest: Combination = {
  manager: 'npm',
  node: '20.19',
  versions: versions('3.0.0', '5.0.0', '3.22.0', '5.12.0', '2.72.0'),
};
const ourOwn: Combination = {
  manager: 'pnpm',
  node: '24',
  versions: versions(
    ours.vitest,
    ours.jose,
    ours['fast-check'],
    ours['@stoplight/prism-http'],
    ours['@redocly/cli'],
  ),
};
const nightly: Combination[] = [
  { manager: 'yarn 1', node: '24', versions: versions('^3.0.0', '^5.0.0', '^3.22.0', '5.12.0', '2.72.0') },
  { manager: 'yarn', node: '20.19', versions: versions('4.0.1', '6.0.0', '4.0.0', '5.12.0', '2.72.0') },
  { manager: 'pnpm', node: '22', versions: versions('^4.0.0', '^6.0.0', '^4.0.0', '^5.12.0', '^2.72.0') },
  { manager: 'yarn', node: '22', versions: versions('5.0.0', '^5.0.0', '^3.22.0', '^5.12.0', '^2.72.0') },
  { manager: 'npm', node: '26', versions: versions('^5.0.0', '^6.0.0', '^4.0.0', '^5.12.0', '^2.72.0') },
];

const nameOf = ({ manager, node, versions }: Combination): string =>
  `${manager} on Node ${node}: ${Object.entries(versions)
    .map(([name, version]) => `${name}@${version}`)
    .join(', ')}`;

if (!isNightly)
  for (const combination of nightly) console.info(`Skipped without NIGHTLY=1: ${nameOf(combination)}`);

/** Not every package manager reads npm's configuration. */
const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();

const script = 'const getCustomJwtClaims = async () => ({ plan: "pro" });';
const files = {
  'mock.js': `import { startMock, startPrism } from 'logto-jwt-customizer/mock';
const script = '${script}';
const mock = await startMock({ seed: { 'client-credentials': { script } } });
const body = new URLSearchParams({
  grant_type: 'client_credentials', client_id: 'a', client_secret: 'b', resource: 'https://default.logto.app/api',
});
const token = (await (await fetch(mock.url + '/oidc/token', { method: 'POST', body })).json()).access_token;
console.log(JSON.parse(atob(token.split('.')[1])).plan);
await mock.close();
const prism = await startPrism();
const headers = { authorization: 'Bearer any' };
const response = await fetch(prism.url + '/api/configs/jwt-customizer/client-credentials', { headers });
console.log(response.status, (await response.json()).tokenSample.kind);
await prism.close();
`,
  'fuzz.js': `import { fuzzTarget } from 'logto-jwt-customizer/contract';
import { startMock } from 'logto-jwt-customizer/mock';
const mock = await startMock({ clients: [{ id: 'id', secret: 'secret' }] });
Object.assign(process.env, { LOGTO_ENDPOINT: mock.url, LOGTO_APP_ID: 'id', LOGTO_APP_SECRET: 'secret' });
const target = {
  name: 'mock',
  release: { has: () => true, name: 'newest' },
  cannotShow: () => undefined,
  prepare: (contract) => contract,
  exchange: () => mock.reset({}),
  close: () => mock.close(),
};
console.log((await fuzzTarget(target, { sequences: 5, seed: 1 })).note);
await mock.close();
`,
  'tenant.test.ts': `import { type MockTenant, mockTenant } from 'logto-jwt-customizer/vitest';
import { expect, test as base } from 'vitest';

const script = '${script}';
const test = base.extend<{ tenant: MockTenant }>({ tenant: mockTenant({ seed: { 'access-token': { script } } }) });
const urls: string[] = [];

test('has a tenant', async ({ tenant }) => {
  urls.push(tenant.url);
  const response = await tenant.customizers.update('access-token', { script }).withResponse();
  await expect(response).toSatisfyContract('UpdateJwtCustomizer', 'access-token');
  await expect(response).not.toSatisfyContract('ListJwtCustomizers');
  await expect(Promise.resolve(response)).resolves.toSatisfyContract('UpdateJwtCustomizer');
  // @ts-expect-error: an unknown operation
  const wrong = (): Promise<void> => expect(response).toSatisfyContract('NoOperation');
  await expect(async () => wrong()).rejects.toThrow('unknown operation NoOperation');
});

test('has another, and the previous one is closed', async ({ tenant }) => {
  expect(tenant.requests()).toEqual([]);
  expect(urls).toHaveLength(1);
  for (const url of urls) await expect(fetch(url)).rejects.toThrow('fetch failed');
});
`,
  'vitest-alone.ts': `export { expect, test } from 'vitest';\n`,
  'swagger.json': readFileSync(join(root, 'contracts/recordings/logto-1.43.openapi.json'), 'utf8'),
};
const scripts = {
  mock: 'node mock.js',
  fuzz: 'node fuzz.js',
  test: 'vitest run --reporter=json --outputFile=report.json tenant.test.ts',
  contract: 'logto-jwt-customizer contract --target recordings',
  drift: 'logto-jwt-customizer drift swagger.json',
};

describe.each(
  [oldest, ourOwn, ...(isNightly ? nightly : [])].map(
    (combination) => [nameOf(combination), combination] as const,
  ),
)(
  '%s',
  (_, { manager, node, versions }) => {
    const { folder, write, execute } = createConsumer();
    const [command = '', ...add] = managers[manager];
    const env = {
      PATH: `${nodes[node]}${delimiter}${withoutTools}`,
      npm_config_registry: registry,
      pnpm_config_registry: registry,
      YARN_NPM_REGISTRY_SERVER: registry,
      SCARF_ANALYTICS: 'false',
      // Prism requires undeclared packages, which Plug'n'Play refuses.
      YARN_NODE_LINKER: 'node-modules',
      YARN_ENABLE_TELEMETRY: '0',
      YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
    };
    const run = (name: keyof typeof scripts) => {
      const [file, ...args] = manager === 'npm' ? ['npm'] : managers[manager].slice(0, 2);
      return execute(file ?? '', [...args, 'run', name], { env });
    };
    const major = Number(versions.vitest.replace('^', '').split('.')[0]);

    beforeAll(async () => {
      write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module', scripts }));
      for (const [name, text] of Object.entries(files)) write(name, text);
      const packages = [...Object.entries(versions), ['@types/node', ours['@types/node']]].map(
        ([name, version]) => `${name}@${version}`,
      );
      // A peer of vitest 5, which Yarn does not install.
      if (manager === 'yarn' && major >= 5) packages.push('vite@^7.0.0');
      const tarball =
        manager === 'yarn' ? `${manifest.name}@file:${inject('tarball')}` : `file:${inject('tarball')}`;
      const { code, output } = await execute(command, [...add, tarball, ...packages], { env });
      expect(code, output).toBe(0);
      const warned = output
        .split('\n')
        .filter((line) => /peer|YN0002|YN0060/.test(line) && line.includes(manifest.name));
      expect(warned).toEqual([]);
    }, 300_000);

    test('starts the mock, and Prism', async () => {
      const { code, output } = await run('mock');
      expect(output).toContain('pro\n200 ClientCredentials\n');
      expect(code).toBe(0);
    });

    test('runs a test with the fixture and the matcher', async () => {
      const { code, output } = await run('test');
      expect(code, output).toBe(0);
      const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as object;
      expect(report).toMatchObject({ numPassedTests: 2, numTotalTests: 2, success: true });
    });

    test('compiles them without errors, except those of vitest itself', async () => {
      const errorsOf = async (file: string): Promise<string[]> => {
        const compilerOptions = {
          noEmit: true,
          strict: true,
          skipLibCheck: false,
          module: 'nodenext',
          target: 'es2023',
          lib: ['es2023'],
          types: ['node'],
        };
        write('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }));
        const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
        const { output } = await execute(join(toolsNode, 'node'), [tsc, '-p', '.', '--pretty', 'false']);
        return output
          .split('\n')
          .filter((line) => /: error /.test(line))
          .sort();
      };
      expect(await errorsOf('tenant.test.ts')).toEqual(await errorsOf('vitest-alone.ts'));
    });

    test('compares documents', async () => {
      const { code, output } = await run('drift');
      expect(output).toContain('swagger.json compared with Logto 1.43\nNo drift.\n');
      expect(code).toBe(0);
    });

    test('plays random sequences', async () => {
      const { code, output } = await run('fuzz');
      expect(output).toMatch(/seed 1: 5 sequences, \d+ steps, 0 inconclusive/);
      expect(code).toBe(0);
    });

    if (major >= 5)
      test('runs the suite', async () => {
        const { code, output } = await run('contract');
        expect(output).toMatch(/^recordings 1\.43: \d+ passed, 0 failed/m);
        expect(code).toBe(0);
      });
    else
      test('reports in one line that the suite needs vitest 5', async () => {
        const { code, output } = await run('contract');
        const said = output.split('\n').filter((line) => line.startsWith('logto-jwt-customizer: '));
        expect(said).toEqual([
          expect.stringMatching(
            new RegExp(
              `needs vitest 5, but vitest ${major}\\.\\d+\\.\\d+ is installed\\. .*npm install --save-dev vitest@5`,
            ),
          ),
        ]);
        expect(code).toBe(2);
      });
  },
  120_000,
);
