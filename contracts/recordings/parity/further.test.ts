/** The mock responds to the further requests and scripts as real tenants did, but for the listed exceptions. */
import { expect, test } from 'vitest';
import { recordedReleases } from '../../conforming/index.ts';
import { isNightly } from '../../nightly.ts';
import { furtherExchanges, replayFurther } from './more.ts';
import { furtherScripts, replayFurtherScripts } from './more-scripts.ts';
import { furtherSurprises } from './report.ts';
import { replayUsers, userLines } from './users.ts';

test('the mock responds to every further request as a tenant did', async () => {
  const found = await replayFurther();
  expect([...found.keys()]).toEqual(recordedReleases);
  expect(furtherExchanges.length).toBe(186);
  expect(furtherSurprises(found)).toEqual([]);
}, 120_000);

/** The gate runs every fourth, and what the releases differ in. */
const isTried = ({ name }: { name: string }, index: number): boolean =>
  isNightly || index % 4 === 0 || /cycle|toJSON|process\.env|keys/.test(name);

test('the mock runs the further scripts as a tenant did', async () => {
  expect(furtherScripts.length).toBe(87);
  const found = await replayFurtherScripts(furtherScripts.filter(isTried));
  expect([...found.keys()]).toEqual(recordedReleases);
  expect(furtherSurprises(found)).toEqual([]);
}, 300_000);

test('the mock issues tokens to users and for organizations as a tenant did', async () => {
  expect(userLines.length).toBe(236);
  const found = await replayUsers();
  expect([...found.keys()]).toEqual(recordedReleases);
  expect(furtherSurprises(found)).toEqual([]);
}, 120_000);
