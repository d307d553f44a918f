/** Tests `generated/compatibility.json` without the releases' guards, which only `npm run releases` installs. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { officialGuards, officialRelease } from '../../contracts/conforming/index.ts';
import { guardOf, subjects } from '../../contracts/guards/subjects.ts';
import type { BodyGuards } from '../../src/tenant/index.ts';
import { makeCompatibility, toText } from './compatibility.ts';
import { documentGuards, documentGuardsOf, entriesOf, isRecorded, verdictOf } from './subjects.ts';

const written = readFileSync(new URL('../../generated/compatibility.json', import.meta.url), 'utf8');

test('matches the document, the oldest tenant and the newest guards', () => {
  const { compatibility, wrong } = makeCompatibility(new Map([[officialRelease, officialGuards]]));
  expect(wrong).toEqual([]);
  expect(toText(compatibility), 'generated/compatibility.json is stale: run `npm run regenerate`').toBe(
    written,
  );
});

test('a release that differs from the document is reported, field by field', () => {
  const { wrong } = makeCompatibility(new Map([['1.42', documentGuardsOf('1.41')]]));
  expect(wrong).toEqual([
    '1.42: access-token customizer /contextSample/interaction/verificationRecords/*/oneTimeTokenContext/interactionEvent is dropped, but accepted according to the document',
    ...['SignIn', 'Register', 'ForgotPassword'].map(
      (value) =>
        `1.42: access-token customizer /contextSample/interaction/verificationRecords/*/oneTimeTokenContext/interactionEvent "${value}" is dropped, but accepted according to the document`,
    ),
    '1.42: access-token testRequest /context/interaction/verificationRecords/*/oneTimeTokenContext/interactionEvent is dropped, but accepted according to the document',
    ...['SignIn', 'Register', 'ForgotPassword'].map(
      (value) =>
        `1.42: access-token testRequest /context/interaction/verificationRecords/*/oneTimeTokenContext/interactionEvent "${value}" is dropped, but accepted according to the document`,
    ),
  ]);
});

test('a field that differs between the oldest tenant and the document is reported', () => {
  const { wrong } = makeCompatibility(new Map(), (subject, entry) => {
    const isOther = ['/script', '/blockIssuanceOnError'].includes(entry.pointer);
    return isOther ? entry.pointer !== '/script' : isRecorded(subject, entry);
  });
  const reason = "according to the document, which the tenant's own document contradicts";
  expect(wrong.slice(0, 2)).toEqual([
    `1.28: access-token customizer /script is accepted ${reason}`,
    `1.28: access-token customizer /blockIssuanceOnError is refused ${reason}`,
  ]);
});

test('the recording covers most fields of an access-token customizer', () => {
  const [customizer] = subjects;
  if (customizer === undefined) throw new Error('no subject');
  const recorded = (pointer: string, value?: string) =>
    isRecorded(customizer, { pointer, isList: false, probes: [], ...(value && { value }) });
  expect(recorded('/contextSample/user/username')).toBe(true);
  expect(recorded('/contextSample/organization')).toBe(false);
  expect(recorded('/contextSample/user/mfaVerificationFactors/*', 'Totp')).toBe(true);
  expect(recorded('/contextSample/user/mfaVerificationFactors/*', 'EmailVerificationCode')).toBe(false);
  expect(recorded('/contextSample/user/customData/**')).toBeUndefined();
  const fields = entriesOf(customizer).filter(({ value }) => value === undefined);
  const silent = fields.filter((entry) => isRecorded(customizer, entry) === undefined);
  expect(fields.length).toBeGreaterThan(200);
  expect(silent.map(({ pointer }) => pointer)).toEqual([
    '/contextSample/user/customData/**',
    '/contextSample/user/identities/*/details/**',
    '/contextSample/user/ssoIdentities/*/detail/**',
    '/contextSample/grant/subjectTokenContext/**',
  ]);
});

test('a guard that refuses everything is reported for every field', () => {
  const refuse = () => ({ success: false as const, issues: [] });
  const guards: BodyGuards = {
    customizers: { 'access-token': refuse, 'client-credentials': refuse },
    testRequest: refuse,
  };
  const { wrong } = makeCompatibility(new Map([[officialRelease, guards]]));
  expect(wrong).toHaveLength(subjects.flatMap(entriesOf).length);
});

test('each field is tested with a body that its release accepts', () => {
  const asOf = documentGuardsOf(officialRelease);
  for (const subject of subjects)
    for (const entry of entriesOf(subject)) {
      const [newest, expected, found] = [documentGuards, asOf, officialGuards].map((guards) =>
        verdictOf(guardOf(guards, subject), entry),
      );
      const name = `${subject.schema} ${entry.pointer} ${entry.value ?? ''}`;
      expect([name, newest, found]).toEqual([name, 'accepted', expected]);
    }
});
