/** What a bundler keeps of the packed package. */
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Bundle, bundle } from './bundle.ts';
import { createConsumer } from './consumer.test-helper.ts';

const { folder, install, remove } = createConsumer();

beforeAll(() => install(inject('tarball')), 180_000);
afterAll(remove, 60_000);

const modulesOf = ({ loaded, lazy }: Bundle): string[] =>
  [...loaded, ...lazy].flatMap(({ modules }) => modules);

test('the client brings its own files, the validators, openapi-fetch and nothing else', async () => {
  const client = await bundle(folder, `export * from 'logto-jwt-customizer';`);
  const ours =
    /^node_modules\/(logto-jwt-customizer\/dist\/(src\/client|generated)\/[^.]+\.js|openapi-fetch\/dist\/index\.mjs)$/;
  expect(modulesOf(client)).toContain('node_modules/logto-jwt-customizer/dist/src/client/client.js');
  expect(modulesOf(client).filter((module) => !ours.test(module))).toEqual([]);
  expect(client.external).toEqual([]);
  for (const { text } of [...client.loaded, ...client.lazy])
    expect(text).not.toMatch(/prism|vitest|\bnode:|process\.env/);
});

test('the validators load when they are used', async () => {
  const client = await bundle(folder, `export * from 'logto-jwt-customizer';`);
  const validators = (chunks: Bundle['loaded']): string[] =>
    chunks.flatMap(({ modules }) => modules).filter((module) => module.includes('/validators/'));
  expect(validators(client.loaded)).toEqual([]);
  expect(validators(client.lazy)).not.toEqual([]);
});

test.each([`import 'logto-jwt-customizer';`, `import * as unused from 'logto-jwt-customizer';`])(
  'nothing is kept of %s',
  async (code) => {
    const { loaded } = await bundle(folder, code, false);
    expect(loaded.map(({ text }) => text.trim())).toEqual(['']);
  },
);

test('an error alone does not bring the client', async () => {
  const code = `export { LogtoJwtCustomizerError } from 'logto-jwt-customizer';`;
  const { loaded } = await bundle(folder, code, false);
  const text = loaded.map((chunk) => chunk.text).join('');
  expect(text).toContain('Symbol.for("logto-jwt-customizer.error")');
  expect(text).not.toContain('/api/configs/jwt-customizer');
});

test.each(['raw', 'validators/request', 'validators/response', 'validators/closed'])(
  'the entry %s is free of Node, too',
  async (entry) => {
    const { loaded, external } = await bundle(folder, `export * from 'logto-jwt-customizer/${entry}';`);
    expect(loaded[0]?.minified).toBeGreaterThan(0);
    expect(external).toEqual([]);
  },
);

test('an import of the entry vitest for its matcher alone is kept', async () => {
  const { outputFiles } = await build({
    stdin: { contents: `import 'logto-jwt-customizer/vitest';`, resolveDir: folder },
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['vitest', 'jose', 'fast-check', '@stoplight/*'],
    write: false,
    logLevel: 'silent',
  });
  expect(outputFiles[0]?.text).toMatch(/expect\d*\.extend\(\{ toSatisfyContract \}\)/);
});
