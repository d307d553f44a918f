import { expect, test } from 'vitest';
import { type Subject, subjects } from '../../contracts/guards/subjects.ts';
import { type Exception, withoutExceptions } from './exceptions.ts';
import type { Disagreement } from './search.ts';

const exception: Exception = {
  release: '1.37',
  kind: 'accepts',
  pointers: ['/a/type', '/b/type'],
  value: 'Old',
  reason: 'renamed',
  evidence: 'the guard',
};

const disagreement = (pointer: string, more: Partial<Disagreement> = {}): Disagreement => ({
  release: '1.37',
  kind: 'accepts',
  path: [],
  place: { pointer, files: [], own: [], schema: undefined },
  about: 'tag',
  value: 'Old',
  says: undefined,
  subject: subjects[0] as Subject,
  body: '{}',
  ...more,
});

test('a difference with an exception is not a fault', () => {
  const found = [disagreement('/a/type'), disagreement('/b/type')];
  expect(withoutExceptions(found, [exception])).toEqual({ faults: [], stale: [] });
});

test.each([
  ['release', { release: '1.36' }],
  ['kind', { kind: 'refuses' as const }],
  ['value', { value: 'Other' }],
])('another %s is one', (_, more) => {
  const other = disagreement('/a/type', more);
  const found = [disagreement('/a/type'), disagreement('/b/type'), other];
  expect(withoutExceptions(found, [exception]).faults).toEqual([other]);
});

test('an exception without a difference is stale, pointer by pointer', () => {
  expect(withoutExceptions([disagreement('/a/type')], [exception]).stale).toEqual([
    '1.37 accepts /b/type "Old"',
  ]);
});
