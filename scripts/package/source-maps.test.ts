/** The source maps of the packed package. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createConsumer } from './consumer.test-helper.ts';
import { root } from './pack.ts';

const { folder, write, execute, install, remove } = createConsumer();

beforeAll(() => install(inject('tarball')), 180_000);
afterAll(remove);

const filesUnder = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name));

interface SourceMap {
  sources: string[];
  sourcesContent: string[];
  mappings: string;
}

test('every compiled file has a map that holds its source', () => {
  const dist = join(folder, 'node_modules/logto-jwt-customizer/dist');
  const files = filesUnder(join(dist, 'src'));
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const name = relative(dist, file);
    const compiled = readFileSync(file, 'utf8');
    expect(compiled, name).toMatch(/\n\/\/# sourceMappingURL=[\w.-]+\.js\.map\n?$/);
    const map = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMap;
    // Of types alone nothing is left to map.
    expect(map.mappings === '', name).toBe(compiled.startsWith('export {};'));
    const sources = map.sources.map((source) => relative(dist, join(dirname(file), source)));
    // `dist/` mirrors the repository, so the source is where the map says, one folder up.
    expect(sources, name).toEqual([join('..', name.replace(/\.js$/, '.ts'))]);
    const source = readFileSync(join(root, name.replace(/\.js$/, '.ts')), 'utf8');
    expect(map.sourcesContent, name).toEqual([source]);
  }
});

test('a stack names file and line of the source', async () => {
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
