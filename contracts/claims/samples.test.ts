/** Samples of what scripts receive, held to Logto's own guards. */
import { expect, test } from 'vitest';
import {
  type AccessTokenSampleFields,
  accessTokenSample,
  clientCredentialsSample,
} from '../../src/claims/index.ts';
import { officialGuards } from '../conforming/index.ts';

/** The body of `POST /test` with the sample. The guard keeps all of it, in an order of its own. */
const expectAccepted = (tokenType: string, sample: object): void => {
  const body = { tokenType, script: '', ...sample };
  expect(officialGuards.testRequest(body)).toEqual({ success: true, data: body });
};

const user = {
  id: 'ada',
  customData: { tier: 'gold' },
  roles: ['Editor', { name: 'Admin', scopes: ['read', { name: 'write' }] }],
  organizations: ['Acme', { id: 'beta' }],
  organizationRoles: ['owner', { organizationId: 'beta' }],
};

test.each<[string, AccessTokenSampleFields | undefined]>([
  ['nothing', undefined],
  ['names of roles', { user: { roles: ['Editor'] } }],
  ['names and fields of a user', { user }],
  ['an organization', { organization: { id: 'acme' } }],
  ['a grant', { grant: { subjectTokenContext: { ticket: 'T-1' } } }],
  ['an application and an interaction', { application: { id: 'web' }, interaction: { signInContext: {} } }],
  ['a token', { token: { scope: 'read', gty: 'authorization_code refresh_token' } }],
])('an access-token sample from %s is what the guards accept', (_, fields) => {
  expectAccepted('access-token', accessTokenSample(fields));
});

test.each([undefined, { application: { id: 'billing' }, token: { scope: 'read' } }])(
  'a client-credentials sample from %j is what the guards accept',
  (fields) => {
    expectAccepted('client-credentials', clientCredentialsSample(fields));
  },
);

test('the fields that are given are kept, and the others agree with them', () => {
  const { token, context } = accessTokenSample({
    user,
    application: { id: 'web' },
    organization: { id: 'acme' },
  });
  expect(context.user).toMatchObject({
    customData: { tier: 'gold' },
    roles: [
      { id: 'role-1', name: 'Editor', scopes: [] },
      { id: 'role-2', name: 'Admin', scopes: [{ name: 'read' }, { id: 'scope-2', name: 'write' }] },
    ],
    organizations: [{ id: 'organization-1', name: 'Acme' }, { id: 'beta' }],
    organizationRoles: [
      { organizationId: 'organization-1', roleName: 'owner' },
      { organizationId: 'beta', roleName: 'Role 2' },
    ],
  });
  expect(token).toMatchObject({ accountId: 'ada', clientId: 'web', aud: 'urn:logto:organization:acme' });
  expect(context).toMatchObject({ interaction: { userId: 'ada' }, organization: { id: 'acme' } });
});

test('a token exchange has no session and no interaction', () => {
  const { token, context } = accessTokenSample({ grant: {} });
  expect(Object.keys(context)).toEqual(['user', 'grant', 'application']);
  expect(token).toMatchObject({ gty: 'urn:ietf:params:oauth:grant-type:token-exchange' });
  expect(token).not.toHaveProperty('sessionUid');
  const personal = accessTokenSample({ token: { gty: token.gty } });
  expect(Object.keys(personal.context)).toEqual(['user', 'application']);
});

test.each([
  ['1.28', ['user'], []],
  ['1.37', ['user', 'interaction', 'application'], ['signInContext']],
  [
    '1.43',
    ['user', 'interaction', 'application', 'organization'],
    ['signInContext', 'appLevelAccessControlEnabled', 'cimdClientId'],
  ],
])('a sample for %s has no field that came later', (release, names, later) => {
  const { context } = accessTokenSample({ organization: {} }, release);
  expect(Object.keys(context)).toEqual(names);
  const fields = Object.values(context).flatMap((value) => Object.keys(value));
  for (const name of ['signInContext', 'appLevelAccessControlEnabled', 'cimdClientId'])
    expect(fields.includes(name), name).toBe(later.includes(name));
});
