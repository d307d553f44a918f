/** Runs every example of the API page unchanged against a tenant. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { type RequestKind, serveTenant } from '../../contracts/conforming/index.ts';
import { createConsumer } from '../package/consumer.test-helper.ts';
import { root } from '../package/pack.ts';

/** A code block of the API page under a heading `Example` or `Examples`. */
interface Example {
  /** The documented item, for example `JwtCustomizerClient.put()` or `redact()`. */
  of: string;
  /** The number of its first line in the page, from 1. */
  line: number;
  /** A complete module: the lines that create `customizers` are added unless the example has its own. */
  code: string;
}

/** The headings that group others. */
const groups = ['Functions', 'Interfaces', 'Type Aliases', 'Classes', 'Variables', 'Methods', 'Properties'];

/**
 * Reads the text of `docs/api.md`. Inside a code block, there are no headings.
 *
 * @returns the documented items, as in `Example.of`, and the examples, both in the order of the page
 */
const readPage = (page: string): { documented: string[]; examples: Example[] } => {
  const documented: string[] = [];
  const examples: Example[] = [];
  const path: string[] = [];
  const lines = page.split('\n');
  const [, before = ''] = /^```js\n(.*?)^```$/ms.exec(page) ?? [];
  let start: number | undefined;
  for (const [index, line] of lines.entries()) {
    const above = path.filter((heading) => !groups.includes(heading));
    if (line.startsWith('```')) {
      if (start === undefined) start = index + 1;
      else {
        const code = lines.slice(start, index).join('\n');
        if (/^Examples?$/.test(above.at(-1) ?? ''))
          examples.push({
            of: above.slice(0, -1).join('.'),
            line: start + 1,
            code: code.includes('createJwtCustomizerClient(') ? code : before + code,
          });
        start = undefined;
      }
    } else if (start === undefined) {
      const [, marks = '', title = ''] = /^#(#+) (.*)$/.exec(line) ?? [];
      if (marks === '') continue;
      path.splice(marks.length - 1, Number.POSITIVE_INFINITY, title.replaceAll('\\', ''));
      documented.push(path.filter((heading) => !groups.includes(heading)).join('.'));
    }
  }
  return { documented, examples };
};

const { write, execute, install } = createConsumer();
const { documented, examples } = readPage(readFileSync(join(root, 'docs/api.md'), 'utf8'));
const fileOf = (line: number): string => `docs-api-md-line-${line}.ts`;

beforeAll(async () => {
  await install(inject('tarball'));
  for (const { line, code } of examples) write(fileOf(line), code);
}, 180_000);

/** The request that a method sends to the tenant. */
const requests: Record<string, RequestKind[]> = {
  list: ['list'],
  get: ['get'],
  put: ['put'],
  update: ['patch'],
  delete: ['delete'],
  test: ['test'],
  restore: ['put', 'delete'],
};

const methods = documented.flatMap((name) => /^JwtCustomizerClient\.(\w+)\(\)$/.exec(name)?.[1] ?? []);

test('every method of the client has an example', () => {
  expect(methods.sort()).toEqual(Object.keys(requests).sort());
  for (const method of methods)
    expect(
      examples.map(({ of }) => of),
      'see docs/api.md',
    ).toContain(`JwtCustomizerClient.${method}()`);
});

test('the examples compile', async () => {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: 'es2023',
    module: 'nodenext',
    lib: ['es2023'],
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions, files: examples.map(({ line }) => fileOf(line)) }),
  );
  const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
  expect(await execute('node', [tsc, '-p', '.', '--pretty', 'false'])).toEqual({ code: 0, output: '' });
});

test.each(examples)(
  'the example of $of runs (docs/api.md, line $line)',
  async ({ of, line, code: example }) => {
    const script = 'const getCustomJwtClaims = async () => ({});';
    const { env, counts, close } = await serveTenant({
      customizers: {
        'access-token': { script, environmentVariables: { PLAN: 'free' } },
        'client-credentials': { script },
      },
    });
    try {
      const { code, output } = await execute('node', [fileOf(line)], { env });
      expect(code, output).toBe(0);
      const [, method] = /^JwtCustomizerClient\.(\w+)\(\)$/.exec(of) ?? [];
      if (method !== undefined) {
        expect(example, `it calls ${method}`).toContain(`customizers.${method}(`);
        const sent = (requests[method] ?? []).reduce((sum, kind) => sum + counts[kind], 0);
        expect(sent, `${method} reached the tenant`).toBeGreaterThan(0);
      }
    } finally {
      await close();
    }
  },
);
