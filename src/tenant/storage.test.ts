import { expect, it } from 'vitest';
import { refuseStorage, toJsonb } from './state.ts';

it('orders keys as Postgres does: by bytes, the fewest first', () => {
  const value = { bbb: 1, é: 2, zz: { b: [{ dd: 1, c: 2 }], aa: null }, ab: 3, a: 4 };
  expect(JSON.stringify(toJsonb(value))).toBe(
    '{"a":4,"ab":3,"zz":{"b":[{"c":2,"dd":1}],"aa":null},"é":2,"bbb":1}',
  );
});

it('keeps a key that JavaScript treats specially', () => {
  expect(JSON.stringify(toJsonb(JSON.parse('{"__proto__":1,"a":2}')))).toBe('{"a":2,"__proto__":1}');
});

it.each([
  ['U+0000 in the script', { script: 'a\0b' }, 500],
  ['U+0000 further down', { environmentVariables: { A: '\0' } }, 500],
  ['U+0000 in a key', { environmentVariables: { '\0': '' } }, 500],
  ['a lone high surrogate', { script: 'a\uD800b' }, 422],
  ['a lone low surrogate', { contextSample: { user: { customData: { a: ['\uDC00'] } } } }, 422],
  ['whichever comes first', { script: '\uD800\0' }, 422],
])('refuses %s', (_, value, status) => {
  expect(refuseStorage(value)).toMatchObject({ status });
});

it.each([
  ['a pair of surrogates', { script: '💥' }],
  ['an escape that is written out', { script: '\\u0000 \\ud800 \\\\u0000' }],
  ['every other control character', { script: '\u0001\u001f\u2028\ufeff' }],
])('stores %s', (_, value) => {
  expect(refuseStorage(value)).toBeUndefined();
});
