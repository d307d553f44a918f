import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test('what a terminal would obey is written as an escape', () => {
  expect(printable('a\x1b[2Jb\x07\r\x9b31m\u202ec')).toBe('a\\u001b[2Jb\\u0007\\u000d\\u009b31m\\u202ec');
});

test('what GitHub Actions would obey is written as an escape, on every line', () => {
  expect(printable('::error::no\n  ::add-mask::a\nb ##[set-output name=x]')).toBe(
    '\\u003a:error::no\n  \\u003a:add-mask::a\nb \\u0023#[set-output name=x]',
  );
});

test('other systems than GitHub begin a command with ##, too', () => {
  expect(printable('a ##vso[task.setvariable variable=x]y')).toBe(
    'a \\u0023#vso[task.setvariable variable=x]y',
  );
});

// Each took minutes, when every end of a line began a search to the end of the text.
test.each(['\r ', '\u2028 '])('white space takes time in proportion to its length: %j', (space) => {
  expect(printable(space.repeat(200_000))).toHaveLength(200_000 * 7);
});

test('all else stays, and what is escaped is not escaped again', () => {
  const text = 'plain: a::b # é\n\ttext\u00a0';
  expect(printable(text)).toBe(text);
  const escaped = printable('\x1b::\n::');
  expect(printable(escaped)).toBe(escaped);
});
