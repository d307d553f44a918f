/** Tests the installed package: its entry `/compatibility`, its bundled modules and its source maps. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, inject, test } from 'vitest';
import { type Bundle, bundle } from './bundle.ts';
import { createConsumer } from './consumer.test-helper.ts';
import { root } from './pack.ts';

const { folder, write, execute, install } = createConsumer();

beforeAll(() => install(inject('tarball')), 180_000);

/** The blocks of JavaScript in a Markdown page or in doc comments. */
const blocksOf = (text: string): string[] =>
  [...text.matchAll(/^( \* )?```js\n(.*?)^( \* )?```$/gms)].map(([, , code = '']) =>
    code.replaceAll(/^ \* ?/gm, ''),
  );

/** The comments after the lines that print. */
const promised = (code: string): string[] =>
  [...code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, said = '']) => said);

test.each(['machine', 'tools'] as const)(
  'prints what its examples show, with the Node of the %s',
  async (node) => {
    const comments = join(folder, 'node_modules/logto-jwt-customizer/dist/src/compatibility/fields.d.ts');
    const page = readFileSync(join(root, 'docs/compatibility.md'), 'utf8');
    const blocks = [...blocksOf(page), ...blocksOf(readFileSync(comments, 'utf8'))];
    expect(blocks).toHaveLength(3);
    for (const [index, code] of blocks.entries()) {
      write(`block-${index}.mjs`, code);
      expect(promised(code).length).toBeGreaterThan(0);
      const { output } = await execute('node', [`block-${index}.mjs`], { node });
      expect(output.trim().split('\n')).toEqual(promised(code));
    }
  },
);

test('is typed', async () => {
  write(
    'typed.ts',
    `import { fieldVerdict, supportsField, type Verdict } from 'logto-jwt-customizer/compatibility';
export const isSupported: boolean = supportsField('1.42', '/script', { tokenType: 'access-token' });
export const verdict: Verdict = fieldVerdict('1.42', '/script');
// @ts-expect-error: not a token type
supportsField('1.42', '/script', { tokenType: 'id-token' });
`,
  );
  const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
  const args = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', 'typed.ts'];
  expect(await execute('node', [tsc, ...args])).toEqual({ code: 0, output: '' });
});

test('its data is a separate file', async () => {
  const code = `
    import { readFileSync } from 'node:fs';
    import { fileURLToPath } from 'node:url';
    const path = fileURLToPath(import.meta.resolve('logto-jwt-customizer/compatibility.json'));
    const { format, releases, bodies } = JSON.parse(readFileSync(path, 'utf8'));
    console.log(format, releases[0].release, bodies[0].fields['/contextSample/organization']);`;
  expect(await execute('node', ['--input-type=module', '-e', code])).toEqual({
    code: 0,
    output: "1 1.28 { '1.28': 'dropped', '1.41': 'accepted' }\n",
  });
});

const modulesOf = ({ loaded, lazy }: Bundle): string[] =>
  [...loaded, ...lazy].flatMap(({ modules }) => modules);

test('the client imports its own files, the validators, openapi-fetch and nothing else', async () => {
  const client = await bundle(folder, `export * from 'logto-jwt-customizer';`);
  const ours =
    /^node_modules\/(logto-jwt-customizer\/dist\/(src\/client|generated)\/[^.]+\.js|openapi-fetch\/dist\/index\.mjs)$/;
  expect(modulesOf(client)).toContain('node_modules/logto-jwt-customizer/dist/src/client/client.js');
  expect(modulesOf(client).filter((module) => !ours.test(module))).toEqual([]);
  expect(client.external).toEqual([]);
  for (const { text } of [...client.loaded, ...client.lazy])
    expect(text).not.toMatch(/prism|vitest|\bnode:|process\.env/);
});

test('the validators load on first use', async () => {
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

test('importing an error does not import the client', async () => {
  const code = `export { LogtoJwtCustomizerError } from 'logto-jwt-customizer';`;
  const { loaded } = await bundle(folder, code, false);
  const text = loaded.map((chunk) => chunk.text).join('');
  const { LogtoJwtCustomizerError } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  expect(new LogtoJwtCustomizerError('').name).toBe('LogtoJwtCustomizerError');
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

const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name));

interface SourceMap {
  sources: string[];
  sourcesContent: string[];
  mappings: string;
}

test('every compiled file has a source map that contains its source', () => {
  const dist = join(folder, 'node_modules/logto-jwt-customizer/dist');
  const files = filesUnder(join(dist, 'src'));
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const name = relative(dist, file);
    const compiled = readFileSync(file, 'utf8');
    // Only re-exports from another file: nothing to map.
    if (/^(import|export) [^;]*;\s*$/.test(compiled)) continue;
    expect(compiled, name).toMatch(/\n\/\/# sourceMappingURL=[\w.-]+\.js\.map\n?$/);
    const map = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMap;
    // Only types: nothing to map.
    expect(map.mappings === '', name).toBe(compiled.startsWith('export {};'));
    const sources = map.sources.map((source) => relative(dist, join(dirname(file), source)));
    // The client is bundled. Everything else in `dist/` mirrors the repository.
    if (!name.startsWith(join('src', 'client')))
      expect(sources, name).toEqual([join('..', name.replace(/\.js$/, '.ts'))]);
    expect(sources, name).not.toEqual([]);
    for (const [index, source] of sources.entries())
      expect(map.sourcesContent[index], name).toBe(readFileSync(join(root, source.slice(3)), 'utf8'));
  }
});

test('a stack trace shows the file and line of the source', async () => {
  write(
    'throws.mjs',
    `import { createJwtCustomizerClient } from 'logto-jwt-customizer';
try {
  createJwtCustomizerClient({});
} catch (error) {
  console.log(error.stack);
}`,
  );
  const { output } = await execute('node', ['--enable-source-maps', 'throws.mjs']);
  const [, file = '', line = ''] =
    /\((?:file:\/\/)?(\S+\/src\/client\/\S+\.ts):(\d+):\d+\)/.exec(output) ?? [];
  const source = readFileSync(join(root, file.slice(file.indexOf('src/client/'))), 'utf8').split('\n');
  expect(source[Number(line) - 1]).toContain('throw new InvalidOptionError');
});
