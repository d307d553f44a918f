import { expect, test } from 'vitest';
import { linesOf } from './page/diff.ts';

const signs = { expected: '-', found: '+', wrong: '!' };
const diff = (...args: Parameters<typeof linesOf>): string[] =>
  linesOf(...args).map(({ text, mark }) => `${mark === undefined ? ' ' : signs[mark]} ${text}`);

test('a value that is another: what was expected above what was found', () => {
  expect(diff({ a: 1, b: { c: 'x' } }, [{ pointer: '/b/c', expected: 'y', found: 'x' }])).toEqual([
    '  {',
    '    "a": 1,',
    '    "b": {',
    '-     "c": "y"',
    '+     "c": "x"',
    '    }',
    '  }',
  ]);
});

test('a value that should not be there, and one that is missing', () => {
  expect(
    diff({ a: { deep: [1] } }, [
      { pointer: '/a', found: { deep: [1] } },
      { pointer: '/b~1c', expected: true },
    ]),
  ).toEqual([
    '  {',
    '+   "a": {',
    '+     "deep": [',
    '+       1',
    '+     ]',
    '+   },',
    '-   "b/c": true',
    '  }',
  ]);
});

test('items of a list', () => {
  expect(
    diff(
      [1, 2],
      [
        { pointer: '/1', expected: 3, found: 2 },
        { pointer: '/2', expected: 4 },
      ],
    ),
  ).toEqual(['  [', '    1,', '-   3', '+   2,', '-   4', '  ]']);
});

test('what breaks the schema, without another value to name', () => {
  expect(diff({ a: 1 }, [{ pointer: '/a' }])).toEqual(['  {', '!   "a": 1', '  }']);
});

test('what the schema wants and is not there', () => {
  expect(diff({ a: [{ b: 1 }] }, [{ pointer: '/a/0/c' }])).toEqual([
    '  {',
    '    "a": [',
    '      {',
    '        "b": 1,',
    '-       "c": …',
    '      }',
    '    ]',
    '  }',
  ]);
});

test('the whole: nothing where something was expected, text where JSON was', () => {
  expect(diff('', [{ pointer: '', expected: { a: 1 } }])).toEqual(['- {', '-   "a": 1', '- }']);
  expect(diff(null, [{ pointer: '', expected: 1, found: null }])).toEqual(['- 1', '+ nothing']);
  expect(diff('a\nb', [])).toEqual(['  a', '  b']);
});

test('invisible characters, and those that reverse text, are escaped', () => {
  expect(diff({ a: '\u2028\u202e' }, [])).toEqual(['  {', '    "a": "\\u2028\\u202e"', '  }']);
});
