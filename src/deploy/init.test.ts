import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../claims/index.ts';
import { loadProject } from './config.ts';
import { folderWith } from './folder.test-helper.ts';
import { init, type TakeOver } from './init.ts';

const run = async (
  files: Record<string, string> = {},
  { env = {}, offer }: { env?: Record<string, string>; offer?: (cwd: string) => TakeOver | undefined } = {},
) => {
  const cwd = folderWith(files);
  const lines: string[] = [];
  const created = await init({
    cwd,
    env,
    log: (line) => lines.push(line),
    ...(offer && { offer: async () => offer(cwd) }),
  });
  return {
    cwd,
    created,
    output: lines.join('\n'),
    read: (name: string) => readFileSync(join(cwd, name), 'utf8'),
  };
};
const credentials = { LOGTO_APP_ID: 'app', LOGTO_APP_SECRET: 'planted' };

test('an empty folder gets a config, scripts, a sample and a test', async () => {
  const { cwd, created, output, read } = await run();
  expect(created).toEqual([
    'logto.config.mts',
    'claims/access-token.ts',
    'claims/client-credentials.ts',
    'claims/samples/editor.json',
    'claims/access-token.test.ts',
  ]);
  expect(
    readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()),
  ).toHaveLength(6);
  expect(read('.gitignore')).toBe('.env*\n');
  const { config } = await loadProject(undefined, cwd);
  expect(config.tenants).toEqual({ production: { endpoint: 'https://my-tenant.logto.app' } });
  expect(output).toMatchInlineSnapshot(`
    "created logto.config.mts
    added .env* to .gitignore
    created claims/access-token.ts
    created claims/client-credentials.ts
    created claims/samples/editor.json
    created claims/access-token.test.ts
    Next:
      npm install --save-dev logto-jwt-customizer acorn amaro eslint-scope vitest
      npx vitest run
      Set the tenant's endpoint in the config
      Set LOGTO_APP_ID and LOGTO_APP_SECRET in .env: the ID and secret of a machine-to-machine application with the Management API role
      npx logto-jwt-customizer push"
  `);
});

test.each(['1.28', '1.42', '1.43'])('check finds nothing in the scripts on %s', async (release) => {
  const { cwd, read } = await run();
  const files = ['access-token', 'client-credentials'].map((name) => join(cwd, `claims/${name}.ts`));
  // `check` takes a sample that is beside the script.
  writeFileSync(join(cwd, 'claims/access-token.editor.sample.json'), read('claims/samples/editor.json'));
  expect(await check(files, { release })).toEqual([]);
});

test('existing files stay as they are', async () => {
  const mine = {
    'logto.config.ts': 'export default 1;',
    'claims/access-token.ts': '// mine',
    '.gitignore': 'node_modules',
  };
  const { cwd, created, output, read } = await run(mine);
  expect(created).toEqual(['claims/client-credentials.ts', 'claims/samples/editor.json']);
  expect(output).toContain('kept logto.config.ts, which exists\n');
  expect(output).toContain('kept claims/access-token.ts, which exists\n');
  for (const name of ['logto.config.ts', 'claims/access-token.ts'] as const)
    expect(read(name)).toBe(mine[name]);
  expect(read('.gitignore')).toBe('node_modules\n.env*\n');
  expect(await init({ cwd, env: {}, log: () => {} })).toEqual([]);
  expect(read('.gitignore')).toBe('node_modules\n.env*\n');
});

test('with credentials at hand, it takes over what the tenant has in place of examples', async () => {
  const files = { '.env': 'LOGTO_ENDPOINT=https://acme.example/\nLOGTO_APP_ID=app' };
  const env = { LOGTO_APP_SECRET: 'planted' };
  const { created, output, read } = await run(files, {
    env,
    offer: (cwd) => ({
      tokenTypes: ['client-credentials'],
      pull: async (config) => {
        expect(config).toBe(join(cwd, 'logto.config.mts'));
        const { customizers } = (await loadProject(undefined, cwd)).config;
        expect(customizers).toEqual({ 'client-credentials': { script: 'claims/client-credentials.js' } });
      },
    }),
  });
  expect(created).toEqual(['logto.config.mts']);
  expect(read('logto.config.mts')).toContain("production: { endpoint: 'https://acme.example' },\n");
  expect(output).not.toMatch(/planted|LOGTO_APP_ID|vitest run/);
  const hint = 'pull brings the customizers of https://acme.example into this folder';
  expect(output).not.toContain(hint);
  for (const options of [{ env }, { env, offer: () => undefined }])
    expect((await run(files, options)).output).toContain(hint);
});

test('without an endpoint nothing is pulled; a wrong one is an error', async () => {
  const offer = () => expect.unreachable();
  await run({}, { env: credentials, offer });
  await expect(run({}, { env: { ...credentials, LOGTO_ENDPOINT: 'acme.example' }, offer })).rejects.toThrow(
    /^LOGTO_ENDPOINT must be an http or https URL/,
  );
});
