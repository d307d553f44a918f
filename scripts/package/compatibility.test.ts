/** The entry `/compatibility` of the packed package, as its page and its doc comments show it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createConsumer } from './consumer.test-helper.ts';
import { root } from './pack.ts';

const { folder, write, execute, install, remove } = createConsumer();

beforeAll(() => install(inject('tarball')), 180_000);
afterAll(remove, 60_000);

/** Blocks of JavaScript in a Markdown page or in doc comments. */
const blocksOf = (text: string): string[] =>
  [...text.matchAll(/^( \* )?```js\n(.*?)^( \* )?```$/gms)].map(([, , code = '']) =>
    code.replaceAll(/^ \* ?/gm, ''),
  );

/** What stands in a comment behind each line that prints. */
const promised = (code: string): string[] =>
  [...code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, said = '']) => said);

test.each(['machine', 'tools'] as const)(
  'answers what its examples say, with the Node of the %s',
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
// @ts-expect-error: no token type
supportsField('1.42', '/script', { tokenType: 'id-token' });
`,
  );
  const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
  const args = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', 'typed.ts'];
  expect(await execute('node', [tsc, ...args])).toEqual({ code: 0, output: '' });
});

test('its data is a file of its own', async () => {
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
