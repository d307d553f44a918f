/** The suite finds every mutant with a case of the rule that it breaks. */
import { describe, expect, test } from 'vitest';
import { loadCases, rules } from '../../../src/contract/index.ts';
import { isNightly } from '../../nightly.ts';
import { openConforming, recordedReleases } from '../index.ts';
import { areas, hunt, mutants, noMutant, rulesOf } from './index.ts';

const cases = loadCases();

/** The gate runs every fourth of each area; `npm run contract:mutants` and the nightly run include all. */
const tried = areas.flatMap((area) =>
  mutants.filter((mutant) => mutant.area === area).filter((_, index) => isNightly || index % 4 === 0),
);

describe('the hunter', () => {
  test.each(recordedReleases)('finds nothing wrong with a conforming tenant of %s', async (release) => {
    const mutant = { ...noMutant(release), breaks: Object.keys(rules) };
    const { killers, killer, untried, tried } = await hunt(mutant, cases, false);
    expect({ killers, killer, untried }).toEqual({ killers: [], killer: undefined, untried: [] });
    expect(tried).toBeGreaterThan(150);
  });

  test('does not count findings about another rule', async () => {
    const mutant = {
      name: 'DELETE responds with 200',
      breaks: 'patch-merges',
      rules: { deleteStatus: () => 200 },
    };
    const { killers, killer } = await hunt(mutant, cases, false);
    expect(killers.map((found) => found.case.rule)).toContain('delete-removes');
    expect(killer).toBeUndefined();
  });

  test('does not count a case that could not run', async () => {
    const silent = {
      name: 'the tenant never responds',
      breaks: Object.keys(rules),
      hook: () => 'reset' as const,
    };
    const { killers, killer, untried } = await hunt(silent, cases.slice(0, 3), false);
    expect({ killers, killer }).toEqual({ killers: [], killer: undefined });
    expect(untried).toHaveLength(3);
  });
});

test.each([
  ['1.42', 'up to 1.42 it stops the whole server for 3 s: allow it with --allow-disruptive'],
  ['1.43', undefined],
])('a script that stops the whole server is left out where it does: %s', async (release, reason) => {
  const target = await openConforming(release, false);
  const disruptive = cases.filter((written) => written.disruptive);
  expect(disruptive.map((written) => target.cannotShow(written))).toEqual(disruptive.map(() => reason));
  expect(disruptive.length).toBeGreaterThan(0);
  await target.close();
});

describe('the mutants', () => {
  test('have unique names', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  test.each(areas)('cover %s', (area) => {
    expect(mutants.some((mutant) => mutant.area === area)).toBe(true);
  });

  test('break every rule, and only existing ones', () => {
    const broken = new Set(mutants.flatMap(rulesOf));
    expect([...broken].sort()).toEqual(Object.keys(rules).sort());
  });
});

describe.each(areas)('the suite finds what is wrong: %s', (area) => {
  test.each(tried.filter((mutant) => mutant.area === area))('$name', async (mutant) => {
    const { killers, killer, untried } = await hunt(mutant, cases, false);
    const otherwise = { others: killers.slice(0, 3).map((found) => found.case.name), untried };
    if (killer === undefined) throw new Error(`it survived: ${JSON.stringify(otherwise)}`);
  });
});
