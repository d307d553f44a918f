import { describe, expect, test } from 'vitest';
import { leftOut } from '../report/index.ts';
import { formatRules, formatTable, type Outcome, provesNothing } from './table.ts';

const outcomes: Outcome[] = [
  { target: 'mock', case: 'PATCH keeps', state: 'passed', status: 200 },
  { target: 'mock', case: 'PATCH drops', state: 'not applicable', reason: 'the mock keeps no state' },
  { target: 'tenant', case: 'PATCH keeps', state: 'failed', status: 500 },
  { target: 'tenant', case: 'PATCH drops', state: 'passed', status: 200 },
];

test('the table has a row for each case and a column for each target, followed by the reasons', () => {
  expect(formatTable(outcomes)).toBe(`case         mock  tenant
PATCH keeps  ✓     ✗
PATCH drops  –1    ✓

✓ passed   ✗ failed   – not applicable   Notes:
  1  the mock keeps no state

mock: 1 passed, 0 failed, 1 not applicable
tenant: 1 passed, 1 failed, 0 not applicable`);
});

test('by default there is a row for each rule, then each failure with its first finding', () => {
  const error = `PATCH without body is refused
  rule       body-is-guarded: …
  findings
    status: expected 400, found 200
    body: expected an error, found {}`;
  const patch = 'PATCH replaces environmentVariables whole, it does not merge them';
  const found: Outcome[] = [
    { target: 'mock', case: patch, state: 'passed' },
    { target: 'recordings 1.42', case: patch, state: 'failed', error },
    { target: 'mock', case: 'GET', state: 'not applicable', reason: leftOut },
    { target: 'mock', case: 'fuzz: random sequences', state: 'passed', note: 'seed 42: 1 sequence' },
  ];
  expect(formatRules(found)).toBe(`                      recordings
rule          mock    1.42
patch-merges  ✓ 1     ✗ 1/1
fuzz          ✓ 1     –

✗ recordings 1.42: ${patch}
    status: expected 400, found 200

seed 42: 1 sequence

mock: 2 passed, 0 failed, 0 not applicable
recordings 1.42: 0 passed, 1 failed, 0 not applicable`);
});

describe('a run is inconclusive', () => {
  test('when no case ran', () => {
    expect(provesNothing([])).toBe('No case ran.');
    expect(provesNothing(outcomes.slice(1, 2))).toBe('No case ran.');
  });

  test.each([401, 403, 429, undefined])('when a target responded to every case with %s', (status) => {
    const silent = outcomes.map((outcome) =>
      outcome.target === 'tenant'
        ? { ...outcome, state: 'passed' as const, ...(status && { status }) }
        : outcome,
    );
    const all = status === undefined ? silent.map(({ status: _, ...rest }) => rest) : silent;
    expect(provesNothing(all)).toContain('tests only the authorization');
  });

  test('unless a case got another response', () => {
    expect(provesNothing(outcomes)).toBeUndefined();
  });
});
