import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../scripts/temporary.test-helper.ts';
import { unifiedDiff } from './unified-diff.ts';

const numbered = (count: number, prefix = 'line '): string =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}\n`).join('');

const texts: Record<string, [before: string, after: string]> = {
  'two hunks': [numbered(30), numbered(30).replace('line 2\n', '').replace('line 25\n', 'new\nnewer\n')],
  'neighbours in one hunk': [
    numbered(12),
    numbered(12).replace('line 3\n', 'a\n').replace('line 9\n', 'b\n'),
  ],
  'no line feed at the end': ['a\nb', 'a\nb\n'],
  'line feed lost': ['a\nb\n', 'a\nc'],
  'carriage returns': ['a\r\nb\r\n', 'a\nb\r\n'],
  'lines moved': ['a\nb\nc\nd\n', 'c\nd\na\nb\n'],
  'longer than the limit': [`head\n${numbered(3000, 'a')}tail\n`, `head\n${numbered(3000, 'b')}tail\n`],
};

const folder = temporaryFolder();

describe('git apply makes one text of the other', () => {
  test.each(Object.entries(texts))('%s', (_, [before, after]) => {
    const file = join(folder, 'file');
    for (const [from, to] of [
      [before, after],
      [after, before],
    ] as const) {
      writeFileSync(file, from);
      const input = unifiedDiff(from, to, ['a/file', 'b/file']);
      execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input });
      expect(readFileSync(file, 'utf8')).toBe(to);
    }
  });
});

test('three lines around a change, and a missing line feed', () => {
  expect(unifiedDiff('1\n2\n3\n4\n5\n6\n7', '1\n2\n3\n4\nfive\n6\n7\n')).toMatchInlineSnapshot(`
    "--- tenant
    +++ folder
    @@ -2,6 +2,6 @@
     2
     3
     4
    -5
    +five
     6
    -7
    \\ No newline at end of file
    +7
    "
  `);
});

test('a script that one side does not have', () => {
  expect(unifiedDiff('', 'a\nb\n')).toMatchInlineSnapshot(`
    "--- tenant
    +++ folder
    @@ -0,0 +1,2 @@
    +a
    +b
    "
  `);
  expect(unifiedDiff('a\nb\n', '')).toMatchInlineSnapshot(`
    "--- tenant
    +++ folder
    @@ -1,2 +0,0 @@
    -a
    -b
    "
  `);
});

test('equal texts have no diff', () => {
  expect(unifiedDiff('a\n', 'a\n')).toBe('');
});
