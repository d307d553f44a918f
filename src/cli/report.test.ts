/** The command `report`: what it refuses, and what it exits with. */
import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../scripts/temporary.test-helper.ts';
import { makeTestReport } from '../report/report.test-helper.ts';
import { cli } from './cli.test-helper.ts';

const folder = temporaryFolder();

const report = (...args: string[]) => cli(['report', ...args], { cwd: folder });

const write = (name: string, content: object): string => {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return name;
};
const good = write('good.json', makeTestReport({ told: { mock: { one: 'passed' } } }));
const bad = write('bad.json', makeTestReport({ told: { tenant: { one: 'failed' } } }));
const shard = write('shard.json', makeTestReport({ told: { mock: { one: 'passed' } }, shard: '1/2' }));
write('shards.json', makeTestReport({ told: { mock: { one: 'passed' } }, shard: '1/1000000000' }));
const open = write(
  'open.json',
  makeTestReport({ result: 'interrupted', reason: 'Interrupted after 3 cases' }),
);

test.each([
  [[good], 0],
  [[good, open], 3],
  [[shard], 3],
  [[good, open, bad], 1],
])('%j exits with %i, and is one page', async (files, code) => {
  const ended = await report(...files);
  expect(ended).toEqual({ code, stdout: 'The report is in contract-report.html.\n', stderr: '' });
  expect(readFileSync(join(folder, 'contract-report.html'), 'utf8')).toMatch(/^<!doctype html>/);
});

test('markdown goes to standard output, or to a file', async () => {
  const { stdout, code } = await report(bad, '--format', 'markdown');
  expect(stdout).toMatch(/^## ❌ The contract is broken\n/);
  expect(code).toBe(1);
  await report(bad, '--format', 'markdown', '--output', 'new/summary.md');
  expect(`${readFileSync(join(folder, 'new/summary.md'), 'utf8')}\n`).toBe(stdout);
});

test('a link, such as /dev/stdout, is written through and stays a link', async () => {
  writeFileSync(join(folder, 'behind.html'), 'an earlier page');
  symlinkSync('behind.html', join(folder, 'link.html'));
  expect((await report(good, '--output', 'link.html')).code).toBe(0);
  expect(lstatSync(join(folder, 'link.html')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'behind.html'), 'utf8')).toMatch(/^<!doctype html>/);
});

describe('a usage error exits with 2 and says what to write instead', () => {
  test.each([
    [[], 'report takes at least one file'],
    [[good, '--format', 'pdf'], '--format takes one of html, markdown, not pdf'],
    [['none.json'], 'none.json cannot be read: ENOENT'],
    [
      [good, write('other.json', { a: 1 }), 'none.json'],
      /other\.json is no report of the contract suite .*\n.*none\.json cannot be read: ENOENT/,
    ],
    [[write('newer.json', { version: 9 })], 'newer.json#/version: written by a newer logto-jwt-customizer'],
    [['/dev/zero'], '/dev/zero has more than 50 MB, as no report has; leave it out'],
    [['shards.json'], 'shards.json#/shard: expected INDEX/COUNT, as in 1/3, with a COUNT of 1000 at most'],
    [[good, '--output', '.'], 'the report . cannot be written: it is a folder'],
    [[good, '--ouput', 'x'], "Unknown option '--ouput'"],
  ])('%j', async (args, message) => {
    const { code, stderr } = await report(...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
