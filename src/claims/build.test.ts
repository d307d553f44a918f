import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { build, buildSource } from './build.ts';

const folder = mkdtempSync(join(tmpdir(), 'build-'));
afterAll(() => rmSync(folder, { recursive: true }));

const breaks = /\r\n|[\n\r\u2028\u2029]/;

describe('every other character stays at its place', () => {
  test.each([
    ['export const f = 1;', '       const f = 1;'],
    [
      'export default async function getCustomJwtClaims() {}',
      '               async function getCustomJwtClaims() {}',
    ],
    ['export default getCustomJwtClaims;', ';                                 '],
    [
      "import type { A } from 'x';\nconst a: A = 1; // A",
      ';                          \nconst a    = 1; // A',
    ],
    ["import { type A } from 'x';\nlet a: A;", ';                          \nlet a   ;'],
    ['const f = async (x): Promise<\n  X\n> => x;', 'const f = async (x           \n   \n) => x;'],
    ["type P = 'é😀';\r\nconst x: 'é😀' = 'é😀';", "               \r\nconst x        = 'é😀';"],
    ['const f = (async () => ({})) satisfies X;', 'const f = (async () => ({}))            ;'],
  ])('%j', async (source, expected) => {
    const code = await buildSource(source, true);
    expect(code.length).toBe(source.length);
    expect(code.split(breaks).length).toBe(source.split(breaks).length);
    expect(code.replaceAll(';', ' ')).toBe(expected.replaceAll(';', ' '));
  });
});

test.each([
  ['const a = 1\ntype X = 1\n;[1].map(f)'],
  ['const a = b\ninterface X { x: 1 }\n[1].map(f)'],
  ['const a = b\nexport { a }\n;[1].map(f)'],
  ["const a = b\nimport { type X } from 'x'\n(c)()"],
])('what was two statements stays two: %j', async (source) => {
  expect(await buildSource(source, true)).toMatch(/[1b]\n(?:;| *\n;)/);
});

test.each([
  ['enum Plan { A }', 'not-erasable', 1, 1],
  ['const a = 1;\n  namespace X { export const a = 1 }', 'not-erasable', 2, 3],
  ['class A { constructor(private x: number) {} }', 'not-erasable', 1, 31],
  ["import { a } from 'x';", 'import', 1, 1],
  ["import 'x';", 'import', 1, 1],
  ['const a = 1;\nexport default () => 1', 'export', 2, 1],
  ["export * from 'x'", 'export', 1, 1],
  ['const a = () => 1; export { a as getCustomJwtClaims };', 'export', 1, 20],
  ['const a = "x\0y";', 'nul-character', 1, 13],
  ['\nconst a: string = "\ud800";', 'lone-surrogate', 2, 20],
  ['const a = ;', 'syntax-error', 1, 11],
])('%j is refused: %s', async (source, code, line, column) => {
  await expect(buildSource(source, true)).rejects.toMatchObject({ code, place: { line, column } });
});

test('1 MiB of request is the limit', async () => {
  const frame = JSON.stringify({ script: '' }).length;
  expect(await buildSource('x'.repeat((1 << 20) - frame), false)).toHaveLength((1 << 20) - frame);
  await expect(buildSource('x'.repeat((1 << 20) - frame + 1), false)).rejects.toMatchObject({
    code: 'too-large',
  });
});

test('a file loses its byte order mark; one that is not UTF-8 is refused', async () => {
  const [good, bad] = [join(folder, 'good.ts'), join(folder, 'bad.js')];
  writeFileSync(good, '\uFEFFexport const a: 1 = 1;\n');
  writeFileSync(bad, Buffer.from([0x61, 0x0a, 0xed, 0xa0, 0x80]));
  expect(await build(good)).toBe('       const a    = 1;\n');
  await expect(build(bad)).rejects.toMatchObject({ code: 'lone-surrogate', place: { line: 2, column: 1 } });
});

test('JavaScript without export stays as it is, sloppy code too', async () => {
  const script = 'var let_ = 010; // no export\r\nwith ({}) {}';
  expect(await buildSource(script, false)).toBe(script);
});
