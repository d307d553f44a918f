import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = process.cwd();
const tsc = resolve('node_modules/@typescript/native/bin/tsc');
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'client-types-'));
  cpSync('src/client', join(project, 'src/client'), {
    recursive: true,
    filter: (source) => !/\.test(-helper)?\.ts$/.test(source),
  });
  cpSync('generated', join(project, 'generated'), { recursive: true });
  cpSync('package.json', join(project, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['src/client/client.test-d.ts', 'src/client/raw.test-d.ts'] }),
  );
});

afterAll(() => {
  rmSync(project, { recursive: true });
});

const linesOf = (name: string): string[] => readFileSync(`src/client/${name}.test-d.ts`, 'utf8').split('\n');
const typeTests: Record<string, string[]> = { client: linesOf('client'), raw: linesOf('raw') };

const compile = (config = project) =>
  spawnSync(process.execPath, [tsc, '-p', config, '--pretty', 'false'], { cwd: project, encoding: 'utf8' });

/** The lines of the type tests that fail, without what all of them have. */
const failures = (): string[] => {
  const { stdout, status } = compile();
  const lines = [...stdout.matchAll(/(client|raw)\.test-d\.ts\((\d+),/g)].map(
    ([, name = '', line]) => typeTests[name]?.[Number(line) - 1],
  );
  // An error elsewhere only, or no compiler at all, must not look like a pass.
  if (status !== 0 && lines.length === 0) throw new Error(stdout);
  return lines.map((line) => (line ?? '').trim().replace('// @ts-expect-error ', ''));
};

const loosen = (file: string, from: string, to: string): string[] => {
  const path = join(project, file);
  const strict = readFileSync(path, 'utf8');
  const loose = strict.replace(new RegExp(from), to);
  if (loose === strict) throw new Error(`${file} has nothing like ${from}`);
  writeFileSync(path, loose);
  try {
    return failures();
  } finally {
    writeFileSync(path, strict);
  }
};

/** Each entry loosens a type in a file and lists the type tests that must then fail. */
const loosenings: { loosening: string; file: string; from: string; to: string; fails: string[] }[] =
  JSON.parse(readFileSync('src/client/types.loosenings.json', 'utf8'));

test('the unchanged types pass', () => {
  expect(failures()).toEqual([]);
});

test('a compile error names the schema and does not write it out', () => {
  const code = `import type { JwtCustomizerClient } from './index.ts';
export const change = (client: JwtCustomizerClient, user: { id: number }) =>
  client.update('access-token', { script: '', contextSample: { user } });\n`;
  writeFileSync(join(project, 'src/client/wrong.ts'), code);
  const config = { extends: './tsconfig.json', files: ['src/client/wrong.ts'] };
  writeFileSync(join(project, 'tsconfig.wrong.json'), JSON.stringify(config));
  expect(compile('tsconfig.wrong.json').stdout).toBe(
    `src/client/wrong.ts(3,64): error TS2322: Type '{ id: number; }' is not assignable to type 'UserContext'.
  Types of property 'id' are incompatible.
    Type 'number' is not assignable to type 'string'.\n`,
  );
});

test.each(loosenings)('a type test fails once the types allow $loosening', ({ file, from, to, fails }) => {
  expect(loosen(file, from, to)).toEqual(fails);
});

test('the client uses only what browsers have: it compiles without the types of Node', () => {
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', 'src/client/tsconfig.web.json', '--listFiles'], {
    encoding: 'utf8',
  });
  expect(stdout).toContain('/src/client/raw.ts');
  expect(stdout).toContain('/src/client/errors.ts');
  expect(stdout).not.toContain('error TS');
  expect(stdout).not.toContain('@types/node');
});
