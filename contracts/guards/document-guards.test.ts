/**
 * Our request validators agree with Logto's own guards, except for what only storage refuses; and the guards generated
 * from the document return the same result, messages and fields, in the same order, as Logto's.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GuardResult, guardsOfRelease, type JsonSchemas } from '../../src/tenant/index.ts';
import { officialGuards, officialRelease } from '../conforming/index.ts';
import { bodies } from './arbitraries.ts';
import { guardOf, officialNames, officialSchemas, schemas, storageRefuses, subjects } from './subjects.ts';

const ours = guardsOfRelease(officialRelease, schemas as JsonSchemas);

/**
 * Two messages that our document cannot distinguish, for bodies that both refuse: of zod's two kinds of enum,
 * `additionalScopes` has the one that reports a number as a wrong type; a password's `identifier.type` is a union.
 */
const isExcepted = (result: GuardResult): boolean =>
  !result.success &&
  result.issues.some(({ path, code }) => {
    const [field, last] = [path.at(-2), path.at(-1)];
    return (
      (field === 'additionalScopes' && code === 'invalid_type') ||
      (field === 'identifier' && last === 'type' && code === 'invalid_union')
    );
  });

/** Fixed, so that a failure in CI is reproducible locally. `npm run releases -- --seed random` uses others. */
const random = { seed: 20_261_123, numRuns: 4_000 };

test.each(subjects)('validators and guards agree on random bodies: $schema', (subject) => {
  const { schema, body, validate, official } = subject;
  const guard = guardOf(ours, subject);
  const tally = { accepted: 0, refused: 0, byStorage: 0 };
  const keywords = new Set<string>();
  fc.assert(
    fc.property(
      bodies({ $ref: `#/components/schemas/${schema}` }, officialSchemas, officialNames),
      (text) => {
        const issues = validate(JSON.parse(text));
        const refusals = issues.filter((issue) => !storageRefuses(issue));
        const expected = official(JSON.parse(text));
        if ((refusals.length === 0) !== expected.success)
          throw new Error(`the guard ${expected.success ? 'accepts' : 'refuses'} ${text}`);
        tally[expected.success ? 'accepted' : 'refused'] += 1;
        if (issues.length > refusals.length && expected.success) tally.byStorage += 1;
        for (const { keyword } of issues) keywords.add(keyword);
        if (isExcepted(expected)) return;
        const [found = '', kept = ''] = [guard(JSON.parse(text)), expected].map((one) => JSON.stringify(one));
        // As text, because a tenant returns the fields in this order and computes its ETag from it.
        if (found !== kept) expect(found, text).toBe(kept);
      },
    ),
    random,
  );
  expect(Math.min(tally.accepted, tally.refused)).toBeGreaterThan(random.numRuns / 5);
  expect(tally.byStorage > 0).toBe(body === 'customizer');
  for (const keyword of [
    'type',
    'required',
    'additionalProperties',
    'const',
    'enum',
    'maxLength',
    'minLength',
  ])
    expect(keywords).toContain(keyword);
  expect(keywords).toContain('format');
});

describe('a hostile body', () => {
  const [guard, official] = [ours.customizers['access-token'], officialGuards.customizers['access-token']];
  const customizer = (user: object): object => ({ script: '', contextSample: { user } });
  const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

  test('with 1,000 errors is refused with all of them', () => {
    const body = customizer({
      ssoIdentities: Array(500).fill({ id: 1 }),
      mfaVerificationFactors: Array(500).fill('x'),
    });
    const found = guard(body);
    expect(found).toEqual(official(body));
    expect(found.success || found.issues.length).toBeGreaterThan(1_000);
  });

  test('with more errors than a response should contain is refused with 10,000 of them', () => {
    expect(guard(customizer({ roles: Array(100_000).fill({}) }))).toMatchObject({
      issues: { length: 10_000 },
    });
  });

  test.each<[string, (depth: number) => object]>([
    ['arrays', (depth) => customizer({ customData: { a: nested(depth) } })],
    [
      'a context of any kind',
      (depth) => ({ script: 1, ...customizer({ profile: 1, customData: { a: nested(depth) } }) }),
    ],
  ])('that is nested too deep is refused without issues: %s', (_, body) => {
    for (const depth of [2_000, 200_000]) {
      expect([depth, guard(body(depth))]).toEqual([depth, { success: false, issues: [] }]);
      expect([depth, official(body(depth))]).toEqual([depth, { success: false, issues: [] }]);
    }
  });

  test('within the depth limit is accepted, and dropped or wrong values may have any depth', () => {
    const deep = customizer({ customData: { a: nested(900) } });
    expect(guard(deep)).toEqual(official(deep));
    const dropped = customizer({ unknown: nested(200_000) });
    expect(guard(dropped)).toEqual({ success: true, data: customizer({}) });
    expect(official(dropped)).toEqual({ success: true, data: customizer({}) });
    const wrong = customizer({ name: nested(200_000) });
    expect(guard(wrong)).toEqual(official(wrong));
  });
});
