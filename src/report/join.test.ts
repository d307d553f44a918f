import { describe, expect, test } from 'vitest';
import { joinReports } from './join.ts';
import { makeTestReport } from './report.test-helper.ts';
import type { Report, ReportVerdict } from './types.ts';

const join = (...reports: Report[]) =>
  joinReports(reports.map((report, index) => ({ name: `folder/${index + 1}.json`, report })));

const labelled = (...reports: Report[]) =>
  join(...reports).columns.map(({ label, runs, passed, failed }) => ({ label, runs, passed, failed }));

const tenantOf = (host: string, told: Record<string, string>): Report =>
  makeTestReport({ told: { tenant: told }, targets: [{ name: 'tenant', host }] });

describe('a target in several reports', () => {
  test('tenants are distinguished by host', () => {
    expect(
      labelled(tenantOf('a.example.com', { one: 'passed' }), tenantOf('b.example.com', { one: 'failed' })),
    ).toEqual([
      { label: 'a.example.com', runs: [0], passed: 1, failed: 0 },
      { label: 'b.example.com', runs: [1], passed: 0, failed: 1 },
    ]);
  });

  test('shards of one are one: no case is in two of them', () => {
    const left = 'left out by a filter';
    expect(
      labelled(
        tenantOf('a.example.com', { one: 'passed', two: left }),
        tenantOf('a.example.com', { one: left, two: 'failed' }),
      ),
    ).toEqual([{ label: 'a.example.com', runs: [0, 1], passed: 1, failed: 1 }]);
  });

  test('two runs of one tenant are two, named by their files', () => {
    const again = tenantOf('a.example.com', { one: 'passed' });
    expect(labelled(again, again)).toEqual([
      { label: 'a.example.com (1.json)', runs: [0], passed: 1, failed: 0 },
      { label: 'a.example.com (2.json)', runs: [1], passed: 1, failed: 0 },
    ]);
  });

  test('files with the same name are distinguished by folder', () => {
    const report = tenantOf('a.example.com', { one: 'passed' });
    const { columns } = joinReports(['a/r.json', 'b/r.json'].map((name) => ({ name, report })));
    expect(columns.map(({ label }) => label)).toEqual([
      'a.example.com (a/r.json)',
      'a.example.com (b/r.json)',
    ]);
  });

  test('the mock is shown once as long as it did the same', () => {
    const mock = (one: string, version = '0.1.0') =>
      makeTestReport({ told: { mock: { one } }, package: version });
    expect(labelled(mock('passed'), mock('passed'), mock('passed'))).toMatchObject([{ runs: [0, 1, 2] }]);
    expect(labelled(mock('passed'), mock('failed'))).toHaveLength(2);
    expect(labelled(mock('passed'), mock('passed', '0.2.0'))).toHaveLength(2);
  });
});

test('a case has a cell for each column, none where it did not run', () => {
  const { cases } = join(
    tenantOf('a.example.com', { one: 'passed' }),
    tenantOf('b.example.com', { one: 'holds before 1.43', two: 'failed' }),
  );
  expect(cases.map(({ name, cells }) => [name, cells.map((cell) => cell?.state ?? null)])).toEqual([
    ['one', ['passed', 'not applicable']],
    ['two', [null, 'failed']],
  ]);
});

test('a case that a filter left out everywhere is not there', () => {
  const { cases } = join(tenantOf('a.example.com', { one: 'left out by a filter', two: 'passed' }));
  expect(cases.map(({ name }) => name)).toEqual(['two']);
});

test.each<[ReportVerdict[], ReportVerdict]>([
  [['passed', 'passed'], 'passed'],
  [['passed', 'nothing proven'], 'nothing proven'],
  [['interrupted', 'nothing proven'], 'interrupted'],
  [['error', 'passed'], 'error'],
  [['error', 'failed'], 'failed'],
])('%j are together %s', (results, verdict) => {
  expect(join(...results.map((result) => makeTestReport({ result }))).verdict).toBe(verdict);
});

test('a failed case of a run that was interrupted is a failure', () => {
  expect(join(makeTestReport({ told: { mock: { one: 'failed' } }, result: 'interrupted' })).verdict).toBe(
    'failed',
  );
});

describe('shards', () => {
  const shard = (number: number, state = 'passed'): Report => ({
    ...tenantOf('a.example.com', { [`case ${number}`]: state }),
    shard: `${number}/3`,
  });

  test('all of them are a whole', () => {
    expect(join(shard(2), shard(1), shard(3))).toMatchObject({ verdict: 'passed', missing: [] });
  });

  test('without one of them nothing is good, and it is named', () => {
    const missing = ['a.example.com: shard 3/3 is not in these reports.'];
    expect(join(shard(1), shard(2))).toMatchObject({ verdict: 'incomplete', missing });
    expect(join(shard(1), shard(2, 'failed'))).toMatchObject({ verdict: 'failed', missing });
  });

  test('those of another tenant do not stand in', () => {
    const other = { ...tenantOf('b.example.com', { 'case 3': 'passed' }), shard: '3/3' };
    expect(join(shard(1), shard(2), other).missing).toEqual([
      'a.example.com: shard 3/3 is not in these reports.',
      'b.example.com: shard 1/3, 2/3 is not in these reports.',
    ]);
  });
});
