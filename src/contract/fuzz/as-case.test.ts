import { expect, test } from 'vitest';
import { ruleOf } from '../cases.ts';
import { newest } from '../releases.ts';
import { createAsCase } from './as-case.ts';
import type { Step } from './bodies.ts';

const asCase = createAsCase(newest, 'test');

const patch = (body: { [field: string]: unknown }, tokenType = 'access-token'): Step =>
  ({ operation: 'patch', tokenType, body: { script: '', ...body } }) as Step;

const stored = { script: '// stored' };

test.each<[Step, string]>([
  [{ operation: 'get', tokenType: 'access-token' }, 'missing-customizer'],
  [{ operation: 'get', tokenType: 'client-credentials' }, 'get-answers-stored'],
  [{ operation: 'delete', tokenType: 'client-credentials' }, 'delete-removes'],
  [{ operation: 'list' }, 'list-has-what-exists'],
])('%j tests the rule %s', (step, code) => {
  const { name, rule } = asCase(step, { 'client-credentials': stored });
  expect(rule).toBe(code);
  expect(name).toBe(`${ruleOf(code)?.title} (test)`);
});

test('an object with its own `toString` is not a name', () => {
  const odd = [{ toString: 1 }, 'constructor'];
  const body = { contextSample: { user: { mfaVerificationFactors: odd } } };
  expect(asCase({ ...patch(body), isRefused: true } as never, {}).since).toBeUndefined();
});

test.each([
  ['1.39', { blockIssuanceOnError: false }],
  ['1.41', { contextSample: { user: {}, organization: {}, application: {} } }],
  ['1.30', { contextSample: { user: { mfaVerificationFactors: ['Totp', 'EmailVerificationCode'] } } }],
  [
    '1.38',
    {
      contextSample: {
        user: {},
        interaction: { verificationRecords: [{ type: 'SignInPasskey', id: '', verified: true }] },
      },
    },
  ],
  [undefined, { contextSample: { user: { id: 'u' } }, tokenSample: { aud: ['a'] } }],
])('the case applies since %s, sent or stored', (since, body) => {
  expect(asCase(patch(body), { 'access-token': stored }).since).toBe(since);
  expect(asCase(patch({}), { 'access-token': { script: '', ...body } as never }).since).toBe(since);
});

test('since 1.37, only known fields of a client-credentials context are kept', () => {
  const contract = asCase(patch({ contextSample: { any: 1 } }, 'client-credentials'), {
    'client-credentials': stored,
  });
  expect(contract).toMatchObject({ since: '1.37', expect: { drops: ['/contextSample/any'] } });
});
