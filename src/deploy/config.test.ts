import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { loadProject } from './config.ts';
import { folderWith } from './folder.test-helper.ts';
import { validateConfig } from './validate-config.ts';

const tenants = { production: { endpoint: 'https://acme.logto.app' } };
const source = `export default ${JSON.stringify({ tenants, customizers: {} })} satisfies LogtoConfig;\n`;
const typed = `import type { LogtoConfig } from 'logto-jwt-customizer/claims';\n${source}`;

/** Loads with Node itself: vitest would compile the config. */
const load = (files: Record<string, string>, path?: string): string => {
  const script = `import { loadProject } from ${JSON.stringify(String(pathToFileURL(`${import.meta.dirname}/config.ts`)))};
    const { config } = await loadProject(${JSON.stringify(path)}, process.cwd()).catch((error) => ({ config: error.name + ': ' + error.message }));
    console.log(typeof config === 'string' ? config : Object.keys(config.tenants).join());`;
  const args = ['--no-warnings', '--input-type=module', '--eval', script];
  return execFileSync(process.execPath, args, { cwd: folderWith(files), encoding: 'utf8' }).trim();
};

const commonJs = { 'package.json': '{ "type": "commonjs" }' };
const broken = typed.replace('export', '\n\nexport').replace('satisfies', 'satisfies satisfies');

test.each([
  [
    'finds an .mts, whatever the type of the package',
    { ...commonJs, 'logto.config.mts': typed },
    /^production$/,
  ],
  ['finds a .ts', { 'package.json': '{ "type": "module" }', 'logto.config.ts': typed }, /^production$/],
  ['finds a .js', { 'logto.config.js': source.replace(/ satisfies.*;/, ';') }, /^production$/],
  [
    'two configs',
    { 'logto.config.ts': typed, 'logto.config.mts': typed },
    /logto\.config\.mts and logto\.config\.ts both exist: delete one/,
  ],
  ['none', {}, /^ConfigError: There is no logto\.config\.mts in .*Run logto-jwt-customizer init/],
  [
    'a module in a CommonJS package',
    { ...commonJs, 'logto.config.ts': typed },
    /logto\.config\.ts:\d cannot be loaded: .*Rename it to logto\.config\.mts/,
  ],
  [
    'a syntax error with its line',
    { 'logto.config.mts': broken },
    /^ConfigError: logto\.config\.mts:4 cannot be loaded: /,
  ],
  [
    'what a config throws',
    { 'logto.config.mts': "throw new Error('no network');" },
    /logto\.config\.mts:1 cannot be loaded: no network$/,
  ],
  [
    'no default export',
    { 'logto.config.mts': 'export const a = 1;' },
    /logto\.config\.mts: has no default export$/,
  ],
])('%s', (_, files, expected) => {
  expect(load(files as Record<string, string>)).toMatch(expected);
});

test('--config takes a path', () => {
  expect(load({ 'deploy/claims.mts': typed }, 'deploy/claims.mts')).toBe('production');
  expect(load({}, 'deploy/claims.mts')).toMatch(/deploy.claims\.mts does not exist/);
  expect(load({}, resolve('/deploy'))).toContain(`ConfigError: ${resolve('/deploy')} does not exist`);
});

test('a wrong config is a ConfigError with each problem on its line', async () => {
  const cwd = folderWith({ 'logto.config.mjs': 'export default { tenants: {}, customisers: {} };' });
  await expect(loadProject(undefined, cwd)).rejects.toMatchInlineSnapshot(`
    [ConfigError: logto.config.mjs: /customizers is missing
    logto.config.mjs: /tenants must be an object with a tenant, such as { production: { endpoint: '…' } }
    logto.config.mjs: /customisers is unknown: did you mean customizers?]
  `);
});

test('each problem has its JSON Pointer and what to write, and no secret', () => {
  const wrong: [tenants: object, customizers: object][] = [
    [{ production: { endpiont: 'x' } }, {}],
    [{ 'a/b': tenants.production }, {}],
    [{ a: { endpoint: 'https://user:planted@acme.example' }, b: { endpoint: 'http://acme.example' } }, {}],
    [{ a: { ...tenants.production, release: 1.4, clientSecret: 'planted' } }, {}],
    [{ a: { ...tenants.production, release: '1.27', tokenEndpoint: 'https://acme.example' } }, {}],
    [tenants, { 'acess-token': { script: 'a.ts' }, 'client-credentials': null }],
    [
      tenants,
      { 'access-token': { script: 'a.json', samples: [1], sample: '', blockIssuanceOnError: 'yes' } },
    ],
    [
      tenants,
      { 'access-token': { script: 'a.ts', environmentVariables: ['A=planted', 'LOGTO_APP_SECRET'] } },
    ],
    [tenants, { 'access-token': { script: 'a.ts', environmentVariables: ['A', 'A'] } }],
    [tenants, { 'access-token': { script: 'a.ts', environmentVariables: { A: 'planted' } } }],
  ];
  const problems = wrong.flatMap(([given, customizers]) => validateConfig({ tenants: given, customizers }));
  expect(problems.join('\n')).not.toContain('planted');
  expect(problems).toMatchInlineSnapshot(`
    [
      "/tenants/production/endpoint is missing",
      "/tenants/production/endpiont is unknown: did you mean endpoint?",
      "/tenants/a~1b: a tenant's name consists of letters, digits, _, - and dots",
      "/tenants/a/endpoint must not contain a user name, password, query or fragment",
      "/tenants/b/endpoint must be https; plain HTTP sends secrets unencrypted and requires \`allowHttp: true\`",
      "/tenants/a/release must be a string from '1.28' to '1.43', or left out",
      "/tenants/a/clientSecret does not belong here: credentials are read from LOGTO_APP_ID and LOGTO_APP_SECRET",
      "/tenants/a/release must be a string from '1.28' to '1.43', or left out",
      "/tenants/a/tokenEndpoint must end with /oidc/token, for example http://localhost:3002/oidc/token",
      "/customizers/acess-token is unknown: did you mean access-token?",
      "/customizers/access-token/script must be the path of a TypeScript or JavaScript file",
      "/customizers/access-token/samples/0 must be a non-empty string",
      "/customizers/access-token/sample must be a non-empty string",
      "/customizers/access-token/blockIssuanceOnError must be true or false",
      "/customizers/access-token/environmentVariables/0 must be a name, without its value",
      "/customizers/access-token/environmentVariables/1: LOGTO_APP_SECRET is a credential of this tool and would be stored on the tenant; use another name",
      "/customizers/access-token/environmentVariables/1 repeats A",
      "/customizers/access-token/environmentVariables must be a list of strings",
    ]
  `);
});

test('everything that the type allows', () => {
  const everything = {
    tenants: {
      a: {
        endpoint: 'http://tenant.example/',
        release: '1.43.0',
        resource: 'https://a.example',
        tokenEndpoint: 'http://localhost:3002/oidc/token',
        allowHttp: true,
      },
    },
    customizers: {
      'access-token': {
        script: '../claims/a.mts',
        environmentVariables: ['A', 'b-c'],
        sample: 'a.json',
        samples: ['*.json'],
        blockIssuanceOnError: false,
      },
      'client-credentials': null,
    },
  };
  expect(validateConfig(everything)).toEqual([]);
});
