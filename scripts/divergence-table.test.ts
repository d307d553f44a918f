import { expect, test } from 'vitest';
import divergences from '../contracts/divergences.json' with { type: 'json' };
import { divergencesPage, placeOf } from './divergence-table.ts';

const item = '/paths/~1api~1configs~1jwt-customizer~1{tokenTypePath}';

test.each([
  ['', 'fields'],
  ['/tokenSample/aud', '`/tokenSample/aud`'],
  [`${item}/patch/requestBody/content/application~1json/schema`, '`PATCH …/{tokenTypePath}` request'],
  [`${item}/get/responses/200/headers`, '`GET …/{tokenTypePath}` headers of 200'],
  [`${item}/patch/responses/404`, '`PATCH …/{tokenTypePath}` answer 404'],
  [`${item}/patch/responses`, '`PATCH …/{tokenTypePath}` answers'],
])('the pointer "%s" is called %s', (pointer, place) => expect(placeOf(pointer)).toBe(place));

test('a place without a name is an error', () =>
  expect(() => placeOf(`${item}/patch/callbacks`)).toThrow('no name for /callbacks'));

test('each divergence has a line', () => {
  const lines = divergencesPage(divergences)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  expect(lines).toHaveLength(divergences.length + 2);
  for (const { says, does } of divergences)
    expect(lines.filter((line) => line.includes(`| ${says} | ${does} |`))).toHaveLength(1);
});
