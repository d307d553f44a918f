import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';
import type { Outcome } from './table.ts';

const outcomes: Outcome[] = [
  { target: 'mock', case: 'one', state: 'passed' },
  { target: 'mock', case: 'two', state: 'failed', error: 'two\n  findings' },
  { target: 'mock', case: 'three', state: 'not applicable', reason: 'holds before 1.43' },
  { target: 'tenant', case: 'one', state: 'passed' },
];

const undecided: Outcome = {
  target: 'tenant',
  case: 'four',
  state: 'not applicable',
  reason: 'inconclusive: no response',
};

/** The chunks written to the terminal. */
const written = (isTTY: boolean, env: Record<string, string>, columns = 80): string[] => {
  const pieces: string[] = [];
  const terminal = { isTTY, columns, write: (text: string) => pieces.push(text) };
  const progress = createProgress({ terminal, cases: 3, env });
  for (const outcome of outcomes) progress.add(outcome);
  progress.end();
  return pieces;
};

const clear = '\r\x1b[K';

test('a terminal shows one line of progress; failures stay', () => {
  expect(written(true, {})).toEqual([
    clear,
    '1/3 mock … 0 failed',
    clear,
    '\x1b[31m✗ mock:\x1b[39m two\n  findings\n\n',
    '2/3 mock … 1 failed',
    clear,
    '3/3 mock … 1 failed',
    clear,
    '1/3 tenant … 1 failed',
    clear,
    '\x1b[?25h',
  ]);
});

test.each([
  ['not a terminal', false, {}],
  ['CI', true, { CI: 'true', NO_COLOR: '1' }],
  ['a dumb terminal', true, { TERM: 'dumb' }],
] as const)('%s: only failures, without progress or colour', (_, isTTY, env) => {
  expect(written(isTTY, env)).toEqual(['✗ mock: two\n  findings\n\n']);
});

test('the reason of inconclusive cases is printed once', () => {
  const pieces: string[] = [];
  const terminal = { isTTY: false, write: (text: string) => pieces.push(text) };
  const progress = createProgress({ terminal, cases: 3, env: {} });
  progress.add(undecided);
  progress.add({ ...undecided, case: 'five' });
  expect(pieces).toEqual(['– tenant: four: inconclusive: no response\n\n']);
});

test('NO_COLOR disables colour but not progress', () => {
  const text = written(true, { NO_COLOR: '1' }).join('');
  expect(text).toContain('✗ mock: two');
  expect(text).toContain('2/3 mock … 1 failed');
  expect(text).not.toContain('\x1b[31m');
});

test('the progress line is never wider than the terminal, which could not clear it then', () => {
  expect(written(true, {}, 10)[1]).toBe('1/3 mock ');
  expect(written(true, {}, 0)[1]).toBe('1/3 mock … 0 failed');
});
