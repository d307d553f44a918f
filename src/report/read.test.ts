import { expect, test } from 'vitest';
import { readReport } from './read.ts';
import { makeTestReport } from './report.test-helper.ts';

const good = makeTestReport({ told: { mock: { one: 'passed', two: 'failed' } } });
const advice = 'Make it again with: logto-jwt-customizer contract --report json';

test('a report is read as it was written, fields of a later package included', () => {
  const later = { ...good, colour: 'blue', targets: [{ name: 'mock', region: 'eu' }] };
  expect(readReport(JSON.stringify(later), 'r.json')).toEqual(later);
});

test.each<[string, string, string]>([
  ['no JSON', '{"version": 1', `r.json is not JSON. ${advice}`],
  ['another file', '{"a": 1}', 'r.json is no report of the contract suite (#/version: expected a number).'],
  ['a list', '[]', 'r.json is no report of the contract suite (#/version: expected a number).'],
  [
    'a newer format',
    JSON.stringify({ ...good, version: 2 }),
    'r.json#/version: written by a newer logto-jwt-customizer (format 2); this one reads 1. Install the newer one.',
  ],
  [
    'a field that is missing',
    JSON.stringify({ ...good, targets: undefined }),
    'r.json#/targets: expected a required value, found nothing',
  ],
  ...['1/1000000000', '3/2', '0/1', 'x', '1/1e9', '1/'].map((shard): [string, string, string] => [
    `the shard ${shard}`,
    JSON.stringify({ ...good, shard }),
    `r.json#/shard: expected INDEX/COUNT, as in 1/3, with a COUNT of 1000 at most, found "${shard}"`,
  ]),
  [
    'more targets than a page has columns for',
    JSON.stringify({ ...good, targets: Array.from({ length: 101 }, (_, name) => ({ name: `${name}` })) }),
    'r.json#/targets: expected at most 100 items, found 101',
  ],
  [
    'what is nested deeper than the stack',
    `{"version":1,"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    `r.json is not JSON. ${advice}`,
  ],
  [
    'a wrong value',
    JSON.stringify({ ...good, results: [{ case: 'one', target: 'mock', state: 'skipped' }] }),
    'r.json#/results/0/state: expected one of "passed", "failed", "not applicable", found "skipped"',
  ],
])('%s is refused, with file, place and what to do', (_, text, message) => {
  expect(() => readReport(text, 'r.json')).toThrow(message);
  if (!message.includes('newer')) expect(() => readReport(text, 'r.json')).toThrow(advice);
});

test.each(Object.keys(good))('without /%s it is no report', (field) => {
  const { [field as 'cases']: _, ...rest } = good;
  expect(() => readReport(JSON.stringify(rest), 'r.json')).toThrow(
    field === 'version' ? 'r.json is no report' : `r.json#/${field}: expected`,
  );
});
