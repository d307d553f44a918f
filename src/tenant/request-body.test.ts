import { expect, it } from 'vitest';
import { isTooLarge, parseBody } from './message.ts';

const json = 'application/json; charset=utf-8';

it('counts bytes, not characters', () => {
  expect(isTooLarge('x'.repeat(1_048_576))).toBe(false);
  expect(isTooLarge('x'.repeat(1_048_577))).toBe(true);
  expect(isTooLarge(`${'é'.repeat(524_288)}`)).toBe(false);
  expect(isTooLarge(`${'é'.repeat(524_288)}x`)).toBe(true);
});

it.each([
  ['', {}],
  ['{"a":1}', { a: 1 }],
  [' \n[]', []],
])('takes %j for a value', (text, value) => {
  expect(parseBody(text, json)).toEqual({ value });
});

it.each([
  ['"script"', 'invalid JSON, only supports object and array'],
  ['null', 'invalid JSON, only supports object and array'],
  ['{"script": ', 'Unexpected end of JSON input'],
])('refuses %j', (text, message) => {
  expect(parseBody(text, json)).toEqual({ message });
});

it('takes what is not sent as JSON for no object', () => {
  expect(parseBody('{"a":1}', undefined)).toEqual({ value: {} });
  expect(parseBody('{"a":1}', 'text/plain;charset=UTF-8')).toEqual({ value: '{"a":1}' });
});
