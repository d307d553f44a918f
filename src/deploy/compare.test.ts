import { describe, expect, test } from 'vitest';
import { accessTokenSample } from '../claims/index.ts';
import { compare } from './compare.ts';
import { mark } from './marker.ts';
import type { Customizer, Wanted } from './types.ts';

const script = 'const getCustomJwtClaims = async () => ({});\n';
const wants = (customizer: Customizer | null): Wanted => ({
  tokenType: 'access-token',
  customizer,
  samples: {},
});
const { token: tokenSample, context: contextSample } = accessTokenSample({ user: { name: 'Grace' } }, '1.28');
const push = { commit: 'abc1234', time: '2026-11-30T12:00:00.000Z' };

describe('no difference', () => {
  test.each<[string, Customizer | null, Customizer | null]>([
    ['no customizer', null, null],
    ['the comment of a push', mark({ script }, push), { script }],
    ['no variables', { script, environmentVariables: {} }, { script }],
    ['blockIssuanceOnError of false', { script, blockIssuanceOnError: false } as Customizer, { script }],
    [
      'a sample that the tenant has in part',
      { script, contextSample: { user: { name: 'Grace' } } } as Customizer,
      { script, tokenSample, contextSample } as Customizer,
    ],
  ])('%s', (_, stored, wanted) => {
    const { kind, removes } = compare(stored, wants(wanted));
    expect({ kind, removes }).toEqual({ kind: 'none', removes: [] });
  });
});

test('a script and variables, whose values are left out', () => {
  const stored = mark(
    { script, environmentVariables: { GONE: 'secret-1', KEPT: 'secret-2', MOVED: 'secret-3' } },
    push,
  );
  const change = compare(
    stored,
    wants({
      script: '',
      environmentVariables: { KEPT: 'secret-2', MOVED: 'secret-4', NEW: 'secret-5' },
    }),
  );
  expect(change).toEqual({
    tokenType: 'access-token',
    kind: 'replace',
    script: { before: script, after: '' },
    samples: [],
    variables: [
      { name: 'GONE', change: 'removed' },
      { name: 'KEPT', change: 'unchanged' },
      { name: 'MOVED', change: 'changed' },
      { name: 'NEW', change: 'added' },
    ],
    removes: ['environment variable GONE'],
    pushed: { version: expect.any(String), ...push, changed: false },
  });
  expect(JSON.stringify(change)).not.toContain('secret');
});

test('what the tenant has and the folder does not declare', () => {
  const stored = {
    script,
    tokenSample: {},
    blockIssuanceOnError: true,
    environmentVariables: { constructor: 'x' },
  } as unknown as Customizer;
  expect(compare(stored, wants({ script }))).toMatchObject({
    kind: 'replace',
    blockIssuanceOnError: { before: true },
    removes: ['environment variable constructor', 'tokenSample', 'blockIssuanceOnError'],
  });
});

test('a field that only a newer release of Logto has', () => {
  const stored = { script, ofTomorrow: 1 };
  expect(compare(stored, wants({ script }))).toMatchObject({
    kind: 'replace',
    removes: ['field ofTomorrow'],
  });
});

test('a deletion is declared, so nothing is removed undeclared', () => {
  const stored = { script, tokenSample: {}, environmentVariables: { GONE: 'x' } };
  expect(compare(stored, wants(null))).toMatchObject({
    kind: 'delete',
    script: { before: script, after: '' },
    variables: [{ name: 'GONE', change: 'removed' }],
    removes: [],
  });
});

test('a customizer that the tenant does not have', () => {
  expect(compare(null, wants({ script, tokenSample, contextSample } as Customizer))).toEqual({
    tokenType: 'access-token',
    kind: 'create',
    script: { before: '', after: script },
    samples: [
      { field: 'tokenSample', after: tokenSample },
      { field: 'contextSample', after: expect.objectContaining({ user: expect.anything() }) },
    ],
    variables: [],
    removes: [],
  });
});

test('samples that differ, and one that the tenant holds past its guards', () => {
  const context = { user: { name: 'Ada' } } as Customizer['contextSample'];
  const [sample, ...more] = compare(
    { script, contextSample: context } as Customizer,
    wants({ script, tokenSample, contextSample } as Customizer),
  ).samples;
  expect(more).toEqual([]);
  expect(sample).toMatchObject({
    field: 'contextSample',
    before: { user: { name: 'Ada', username: 'ada' } },
    after: { user: { name: 'Grace', username: 'ada' } },
  });
  const broken = { user: { roles: null } } as unknown as Customizer['contextSample'];
  expect(
    compare(
      { script, contextSample: broken } as Customizer,
      wants({ script, tokenSample, contextSample } as Customizer),
    ).samples,
  ).toContainEqual(expect.objectContaining({ field: 'contextSample', before: broken }));
});

test('a change in the Console since the last push', () => {
  const stored = { ...mark({ script }, push), environmentVariables: { PLAN: 'pro' } };
  expect(compare(stored, wants({ script })).pushed?.changed).toBe(true);
});
