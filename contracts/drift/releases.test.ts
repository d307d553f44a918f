/** The vendor's own document in each recorded release, and its possible forms in those between. */
import { describe, expect, test } from 'vitest';
import { isObject, type Json } from '../../src/contract/json.ts';
import { readDocument, recordedReleases } from '../../src/contract/recordings/index.ts';
import { type DriftReport, driftOf } from '../../src/drift/report.ts';

type JsonObject = { [key: string]: Json };

const recorded = (release: string) => ({
  name: `logto-${release}.openapi.json`,
  document: JSON.parse(readDocument(release)) as Json,
});

const fieldsOf = ({ findings }: DriftReport, isBreaking: boolean): string[] =>
  findings
    .filter(({ breaking }) => breaking === isBreaking)
    .map(({ direction, field, message }) => `${direction} ${field}: ${message}`);

describe.each(recordedReleases)('Logto %s', (release) => {
  test('shows its release, and has no drift from its recording', async () => {
    const report = await driftOf(recorded(release));
    expect(report).toMatchObject({ base: [`Logto ${release}`], findings: [] });
  });
});

test('1.28 to 1.42: a factor may have new values, and a test requires a context', async () => {
  const report = await driftOf(recorded('1.42'), recorded('1.28'));
  const gained = "Enum gained values: 'EmailVerificationCode', 'PhoneVerificationCode'.";
  expect(fieldsOf(report, true)).toEqual([
    `response /*[key=jwt.accessToken]/value/contextSample/user/mfaVerificationFactors/*: ${gained}`,
    'request [tokenType=client-credentials]: Properties of `tokenType=client-credentials` became required: `context`.',
    `response [tokenSample.kind=AccessToken]/contextSample/user/mfaVerificationFactors/*: ${gained}`,
  ]);
  expect(report.counts).toEqual({ breaking: 3, compatible: 18 });
  expect(report.findings.slice(0, 3).every(({ breaking }) => breaking)).toBe(true);
});

test('without the operation that shows its release, a document is compared with the newest', async () => {
  const { name, document } = recorded('1.42');
  const text = JSON.stringify(document).replace(
    '"get":{"operationId":"GetJwtCustomizer"',
    '"x-get":{"operationId":"no"',
  );
  const report = await driftOf({ name, document: JSON.parse(text) });
  expect(report.base).toEqual([`Logto ${recordedReleases.at(-1)}`]);
  expect(fieldsOf(report, true)).toContain(
    'request : Operation `GET /api/configs/jwt-customizer/{tokenTypePath}` was removed.',
  );
});

test('1.42 to 1.43: one field more', async () => {
  const report = await driftOf(recorded('1.43'), undefined, '1.42');
  expect(report).toMatchObject({ base: ['Logto 1.42'], counts: { breaking: 0 } });
  expect(fieldsOf(report, false)).toEqual([
    'response /*[key=jwt.accessToken]/value/contextSample/user/cimdClientId: It was added.',
    'request [tokenType=access-token]/context/user/cimdClientId: It was added.',
    'response [tokenSample.kind=AccessToken]/contextSample/user/cimdClientId: It was added.',
  ]);
});

/** The fields and variants added in Logto 1.37 to 1.42, by `x-logto-since`. */
const later = new Set([
  ...[
    'application',
    'organization',
    'blockIssuanceOnError',
    'signInContext',
    'isDeviceFlow',
    'maxAllowedGrants',
  ],
  ...['additionalScopes', 'appLevelAccessControlEnabled', 'oneTimeTokenContext'],
  ...['"SignInPasskey"', '"MfaEmailVerificationCode"', '"MfaPhoneVerificationCode"'],
]);

/** A possible document of 1.36, which was not recorded. */
const between = (value: Json): Json => {
  if (Array.isArray(value)) {
    const kindOf = (one: Json): unknown =>
      ((one as JsonObject)?.['properties'] as { type?: JsonObject })?.type?.['format'];
    return value.filter((one) => !later.has(String(isObject(one) ? kindOf(one) : one))).map(between);
  }
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !later.has(key));
  return Object.fromEntries(kept.map(([key, one]) => [key, between(one)]));
};

describe('a release between two recorded ones', () => {
  const document = between(recorded('1.42').document);
  const driftAfter = (change: (text: string) => string) =>
    driftOf({ name: 'tenant', document: JSON.parse(change(JSON.stringify(document))) });

  test.each<[string, (text: string) => string]>([
    ['the document of one of them', (text) => text],
    [
      'a part of the values that the later one has',
      (text) => text.replaceAll('"EmailVerificationCode",', ''),
    ],
  ])('is compared with both, and %s is no drift', async (_, change) => {
    expect(JSON.stringify(document).length).toBeLessThan(
      0.9 * JSON.stringify(recorded('1.42').document).length,
    );
    expect(await driftAfter(change)).toMatchObject({
      base: ['Logto 1.42', 'Logto 1.28'],
      findings: [],
    });
  });

  test.each<[string, (text: string) => string, string]>([
    [
      'a field that both have is removed',
      (text) => text.replaceAll('"username":', '"userName":'),
      'username',
    ],
    [
      'a field that only the later has changes its type',
      (text) => text.replaceAll('"interactionEvent":{"type":"string"', '"interactionEvent":{"type":"number"'),
      'interactionEvent',
    ],
    [
      'an enum has a value that neither has',
      (text) => text.replaceAll('"Totp","WebAuthn"', '"Totp","Fido","WebAuthn"'),
      'mfaVerificationFactors',
    ],
  ])('%s', async (_, change, field) => {
    const found = fieldsOf(await driftAfter(change), true);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expect(one).toContain(field);
  });
});
