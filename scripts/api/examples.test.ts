/** Every example of the API page, run as it stands against a tenant. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type RequestKind, serveTenant } from '../../contracts/conforming/index.ts';
import { createConsumer } from '../package/consumer.test-helper.ts';
import { root } from '../package/pack.ts';
import { readPage } from './examples.ts';

const { write, execute, install, remove } = createConsumer();
const { documented, examples } = readPage(readFileSync(join(root, 'docs/api.md'), 'utf8'));
const fileOf = (line: number): string => `docs-api-md-line-${line}.ts`;

beforeAll(async () => {
  await install(inject('tarball'));
  for (const { line, code } of examples) write(fileOf(line), code);
}, 180_000);
afterAll(remove, 60_000);

/** What a method asks of the tenant. */
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

test('the examples are well typed', async () => {
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
