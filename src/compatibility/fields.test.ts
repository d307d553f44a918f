import { describe, expect, it } from 'vitest';
import { compatibility } from '../../generated/compatibility.js';
import { isBefore } from '../runner/release.ts';
import { fieldVerdict, newestRelease, oldestRelease, supportsField } from './index.ts';

const factor = '/contextSample/user/mfaVerificationFactors/0';
const clientCredentials = { tokenType: 'client-credentials' } as const;

describe('a field', () => {
  it.each([
    ['1.38', '/blockIssuanceOnError', 'refused'],
    ['1.39', '/blockIssuanceOnError', 'accepted'],
    ['1.40', '/contextSample/organization', 'dropped'],
    ['1.41', '/contextSample/organization', 'accepted'],
    ['1.41', '/context/organization/customData/plan/name', 'accepted'],
    ['1.28', '/script', 'accepted'],
    ['1.28', '/contextSample/interaction/verificationRecords/12/socialUserInfo/id', 'dropped'],
    ['1.29', '/contextSample/interaction/verificationRecords/12/socialUserInfo/id', 'accepted'],
    ['1.31', '/contextSample/interaction/verificationRecords/*/registrationRpId', 'dropped'],
  ])('%s %s is %s', (release, pointer, verdict) => {
    expect(fieldVerdict(release, pointer)).toBe(verdict);
    expect(supportsField(release, pointer)).toBe(verdict === 'accepted');
  });

  it('can have any name in an object with arbitrary keys, and needs an index in an array', () => {
    expect(supportsField('1.43', '/environmentVariables/a~1b')).toBe(true);
    expect(supportsField('1.43', '/contextSample/user/roles/0/name')).toBe(true);
    expect(() => supportsField('1.43', '/contextSample/user/roles/name')).toThrow(RangeError);
    expect(() => supportsField('1.43', '/contextSample/user/roles/00/name')).toThrow(RangeError);
    expect(() => supportsField('1.43', '/environmentVariables/a/b')).toThrow(RangeError);
  });

  it('is looked up for one token type, else for those that have it, and the worse verdict is returned', () => {
    const application = '/contextSample/application';
    expect(fieldVerdict('1.30', application, clientCredentials)).toBe('accepted');
    expect(fieldVerdict('1.30', application, { tokenType: 'access-token' })).toBe('dropped');
    expect(fieldVerdict('1.30', application)).toBe('dropped');
    expect(() => fieldVerdict('1.43', '/contextSample/user', clientCredentials)).toThrow(
      'the document has no field "/contextSample/user" of client-credentials: "/contextSample" has application',
    );
  });

  it('that does not exist leads to an error with the existing fields', () => {
    expect(() => supportsField('1.43', '/contextSample/grant/typ')).toThrow(
      'the document has no field "/contextSample/grant/typ": "/contextSample/grant" has type, subjectTokenContext',
    );
    expect(() => supportsField('1.43', '/scripts/a/b')).toThrow('the body has script,');
    for (const pointer of ['', 'script', '#/script', 'customizer/script'])
      expect(() => supportsField('1.43', pointer)).toThrow('a JSON Pointer begins with "/"');
  });
});

it('an invalid token type leads to an error', () => {
  const tokenType = 'id-token' as 'access-token';
  expect(() => supportsField('1.43', '/script', { tokenType })).toThrow('"id-token" is not a token type');
});

describe('a value', () => {
  it('can be newer than its field', () => {
    expect(supportsField('1.28', factor, { value: 'EmailVerificationCode' })).toBe(false);
    expect(supportsField('1.30', factor, { value: 'EmailVerificationCode' })).toBe(true);
    expect(supportsField('1.28', factor, { value: 'Totp' })).toBe(true);
    const record = '/contextSample/interaction/verificationRecords/0/type';
    expect(fieldVerdict('1.28', record, { value: 'SignInPasskey' })).toBe('dropped');
    expect(fieldVerdict('1.37', record, { value: 'SignInPasskey' })).toBe('refused');
  });

  it('that is invalid is refused, and so is any value of a field whose values never changed', () => {
    expect(() => supportsField('1.43', factor, { value: 'toString' })).toThrow(
      `"toString" is not a value of "${factor}"; expected Totp, WebAuthn,`,
    );
    expect(() => supportsField('1.43', '/contextSample/application/type', { value: 'SPA' })).toThrow(
      'omit "value"',
    );
  });
});

describe('a release', () => {
  it('can have a patch version, which is ignored', () => {
    for (const release of ['1.41', '1.41.0', '1.41.9'])
      expect(supportsField(release, '/contextSample/organization')).toBe(true);
  });

  it('newer than the newest known one is treated like that one', () => {
    expect(oldestRelease).toBe('1.28');
    for (const { release } of compatibility.releases) expect(isBefore(newestRelease, release)).toBe(false);
    expect(supportsField('1.99.1', '/contextSample/user/cimdClientId')).toBe(true);
    expect(supportsField('2.0', '/contextSample/user/cimdClientId')).toBe(true);
  });

  it.each(['', '1', 'v1.42', '1.42.0-beta', 'latest'])('%j is invalid', (release) => {
    expect(() => supportsField(release, '/script')).toThrow(
      `${JSON.stringify(release)} is not a release of Logto: write it as "1.42"`,
    );
  });

  it.each(['1.27.9', '0.99'])('%s is older than the oldest known one', (release) => {
    expect(() => supportsField(release, '/script')).toThrow(
      `Logto ${release} is not covered: 1.28 is the oldest`,
    );
  });
});

it('the newest release has every field, each found by its own pointer', () => {
  for (const { fields, tokenType } of compatibility.bodies)
    for (const pointer of Object.keys(fields))
      expect([pointer, fieldVerdict(newestRelease, pointer, { tokenType })]).toEqual([pointer, 'accepted']);
});
