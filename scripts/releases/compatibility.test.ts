/** `generated/compatibility.json`, as far as it can be held without the releases' guards: `npm run releases` has them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { officialGuards } from '../../contracts/conforming/index.ts';
import type { BodyGuards } from '../../src/tenant/index.ts';
import { makeCompatibility, toText } from './compatibility.ts';
import { documentGuardsOf, subjects } from './subjects.ts';
import { entriesOf, verdictOf } from './verdicts.ts';

const written = readFileSync(new URL('../../generated/compatibility.json', import.meta.url), 'utf8');

test('is what the document says, borne out by the oldest tenant and the newest guards', () => {
  const { compatibility, wrong } = makeCompatibility(new Map([['1.43', officialGuards]]));
  expect(wrong).toEqual([]);
  expect(toText(compatibility), 'run `npm run releases -- --write`').toBe(written);
});

test('a release that does otherwise than the document says of it is told, field by field', () => {
  const { wrong } = makeCompatibility(new Map([['1.42', documentGuardsOf('1.41')]]));
  expect(wrong).toEqual([
    '1.42: access-token customizer /contextSample/interaction/verificationRecords/*/oneTimeTokenContext/interactionEvent is dropped, the document says accepted',
    ...['SignIn', 'Register', 'ForgotPassword'].map(
      (value) =>
        `1.42: access-token customizer /contextSample/interaction/verificationRecords/*/oneTimeTokenContext/interactionEvent "${value}" is dropped, the document says accepted`,
    ),
    '1.42: access-token testRequest /context/interaction/verificationRecords/*/oneTimeTokenContext/interactionEvent is dropped, the document says accepted',
    ...['SignIn', 'Register', 'ForgotPassword'].map(
      (value) =>
        `1.42: access-token testRequest /context/interaction/verificationRecords/*/oneTimeTokenContext/interactionEvent "${value}" is dropped, the document says accepted`,
    ),
  ]);
});

test('a guard that refuses everything is told for every field', () => {
  const refuse = () => ({ success: false as const, issues: [] });
  const guards: BodyGuards = {
    customizers: { 'access-token': refuse, 'client-credentials': refuse },
    testRequest: refuse,
  };
  const { wrong } = makeCompatibility(new Map([['1.43', guards]]));
  expect(wrong).toHaveLength(subjects.flatMap(entriesOf).length);
});

test('each field is asked about by a body that its release accepts', () => {
  for (const subject of subjects)
    for (const entry of entriesOf(subject)) {
      const guard =
        subject.body === 'customizer'
          ? officialGuards.customizers[subject.tokenType]
          : officialGuards.testRequest;
      expect([entry.pointer, entry.value, verdictOf(guard, entry)]).toEqual([
        entry.pointer,
        entry.value,
        'accepted',
      ]);
    }
});
