/** Every documented status is covered by a case on each target, or waived with a reason. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { type Case, loadCases, openTargets, operationsById } from '../src/contract/index.ts';
import type { Target } from '../src/contract/targets/target.ts';
import { openConforming, recordedReleases } from './conforming/index.ts';

const cases = loadCases();

/** A documented status that no case covers on a target, for example `UpsertJwtCustomizer 201 access-token`. */
interface Waiver {
  target: string;
  names: string;
  reason: string;
}
const waivers = JSON.parse(readFileSync(new URL('waivers.json', import.meta.url), 'utf8')) as Waiver[];

/** The statuses of each operation, for a success with each token type. */
const documented = Object.values(operationsById).flatMap(({ id, object }) =>
  Object.keys(object.responses).flatMap((status) =>
    status.startsWith('2') && !['ListJwtCustomizers', 'RequestToken'].includes(id)
      ? [`${id} ${status} access-token`, `${id} ${status} client-credentials`]
      : [`${id} ${status}`],
  ),
);

const namesOf = ({ request, expect: { status } }: Case): string[] => {
  const { operation, tokenType, body } = request;
  const type = tokenType ?? (body as { tokenType?: string } | undefined)?.tokenType;
  return [`${operation} ${status}`, `${operation} ${status} ${type}`];
};

const waivedOn = (kind: string | undefined): string[] =>
  waivers.filter(({ target }) => target === kind).map(({ names }) => names);

/** Statuses that no case on the target covers and no waiver lists, and unnecessary waivers. */
const gapsOf = (target: Target, some: readonly Case[]) => {
  const shown = new Set(
    some.filter((contract) => target.cannotShow(contract) === undefined).flatMap(namesOf),
  );
  const waived = waivedOn(target.name.split(' ')[0]);
  const unshown = documented.filter((name) => !shown.has(name));
  return {
    missing: unshown.filter((name) => !waived.includes(name)),
    needless: waived.filter((name) => !unshown.includes(name)),
  };
};

const targets = await openTargets({ targets: ['prism', 'mock', 'recordings'], allowDisruptive: false });
for (const release of recordedReleases)
  targets.push({ ...(await openConforming(release, false)), name: `tenant ${release}` });
afterAll(() => Promise.all(targets.map((target) => target.close())));

describe.each(targets.map((target) => ({ name: target.name, target })))('$name', ({ target }) => {
  test('covers each status and each variant, or has a waiver', () => {
    expect(gapsOf(target, cases).missing).toEqual([]);
  });

  test('reports a status that no case covers', () => {
    const without = cases.filter(({ request }) => request.operation !== 'ListJwtCustomizers');
    expect(gapsOf(target, without).missing).toContain('ListJwtCustomizers 200');
  });
});

test.each(['prism', 'mock', 'recordings', 'tenant'])('each waiver of %s is necessary', (kind) => {
  const needless = targets
    .filter(({ name }) => name.split(' ')[0] === kind)
    .map((target) => new Set(gapsOf(target, cases).needless));
  expect(waivedOn(kind).filter((names) => needless.every((of) => of.has(names)))).toEqual([]);
});

test('a waiver has an existing target, a documented status, and a reason', () => {
  for (const { target, names, reason } of waivers) {
    expect(['prism', 'mock', 'recordings', 'tenant']).toContain(target);
    expect(documented).toContain(names);
    expect(reason.length).toBeGreaterThan(10);
  }
});
