/** The client's handlings of faults, and their page. `npm run client:mutants` removes them one by one. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultGroups } from './catalogue/index.ts';
import { handlings, mutatedFiles } from './handlings/handling.ts';
import { faultsPage } from './handlings/page.ts';
import { proofs } from './handlings/proofs.ts';

const faults = faultGroups.flatMap((group) => group.faults);
const names = Object.keys(handlings);

test('the faults are many, each with a name of its own', () => {
  expect(faults.length).toBeGreaterThanOrEqual(40);
  expect(new Set(proofs.map(({ name }) => name)).size).toBe(proofs.length);
});

test('each fault names a handling that there is, and each handling is proved', () => {
  expect([...new Set(proofs.map(({ handling }) => handling))].sort()).toEqual([...names].sort());
});

test.each(names)('the source has what takes away: %s', (name) => {
  const { mutations = [] } = handlings[name] ?? {};
  expect(mutatedFiles(mutations).size).toBe(new Set(mutations.map(({ file }) => file)).size);
});

test('docs/faults.md is fresh', () => {
  const page = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
  expect(page, 'write it with `npm run regenerate`').toBe(faultsPage(page));
});
