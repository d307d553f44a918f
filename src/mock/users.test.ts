/** Tokens of users and organizations, as tenants issue them (contracts/recordings/user-tokens.jsonl holds the rules). */
import { decodeJwt } from 'jose';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Mock, type MockOptions, startMock } from './index.ts';

const api = 'https://api.example.com';
const granted = 'urn:ietf:params:oauth:grant-type:token-exchange';

const start = async (options: MockOptions = {}): Promise<Mock> => {
  const mock = await startMock({
    resources: [api],
    users: [
      { id: 'ada', customData: { plan: 'pro' }, organizations: ['acme'] },
      { id: 'bob', roles: [{ name: 'reader', scopes: ['read:things'] }] },
    ],
    ...options,
  });
  onTestFinished(() => mock.close());
  return mock;
};

const scripted = (body: string): MockOptions => ({
  seed: {
    'access-token': { script: `const getCustomJwtClaims = async ({ token, context, api }) => ${body};` },
  },
});

const post = async (mock: Mock, path: string, form: Record<string, string>) => {
  const body = new URLSearchParams({ client_id: 'web', client_secret: 's', ...form });
  const response = await fetch(mock.url + path, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

/** By plain HTTP: `POST /api/subject-tokens`, then token exchange. */
const subjectToken = async (mock: Mock, userId: string, context?: object): Promise<string> => {
  const response = await fetch(`${mock.url}/api/subject-tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await mock.token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ userId, context }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { subjectToken: string }).subjectToken;
};

const exchange = (mock: Mock, token: string, form: Record<string, string> = {}) =>
  post(mock, '/oidc/token', {
    grant_type: granted,
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    ...form,
  });

describe('a token by plain HTTP', () => {
  it('has the claims of the access-token script, which gets the user and the context of the subject token', async () => {
    const mock = await start(
      scripted(
        '({ plan: context.user.customData.plan, why: context.grant.subjectTokenContext.why, gty: token.gty })',
      ),
    );
    const token = await subjectToken(mock, 'ada', { why: 'support' });
    const { body } = await exchange(mock, token, { resource: api, scope: 'read:things openid' });
    expect(body).toMatchObject({ expires_in: 3600, scope: 'read:things', token_type: 'Bearer' });
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      sub: 'ada',
      aud: api,
      client_id: 'web',
      plan: 'pro',
      why: 'support',
      gty: granted,
    });
    expect((await exchange(mock, token, { resource: api })).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('is refused once the subject token has expired', async () => {
    const mock = await start();
    const token = await subjectToken(mock, 'ada');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect((await exchange(mock, token, { resource: api })).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('is opaque without a resource, and shows its claims in introspection; as an actor it is the claim act', async () => {
    const mock = await start(scripted('({ sub: "mine", plan: "pro", active: false })'));
    const { body } = await exchange(mock, await subjectToken(mock, 'bob'), { scope: 'openid' });
    const actor = String(body['access_token']);
    expect(actor).not.toContain('.');
    const shown = await post(mock, '/oidc/token/introspection', { token: actor });
    expect(shown.body).toMatchObject({ active: true, sub: 'mine', plan: 'pro', iss: `${mock.url}/oidc` });
    const acted = await exchange(mock, await subjectToken(mock, 'ada'), {
      resource: api,
      actor_token: actor,
      actor_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    });
    expect(decodeJwt(String(acted.body['access_token']))).toMatchObject({ sub: 'ada', act: { sub: 'bob' } });
  });

  it.each(['/oidc/token/revocation', '/oidc/me'])(
    'is not answered by %s, which the mock does not have',
    async (path) => {
      expect((await post(await start(), path, {})).status).toBe(501);
    },
  );
});

describe('userToken', () => {
  it('grants a user without roles every scope, one with roles those of the roles', async () => {
    const mock = await start();
    const scopes = ['read:things', 'write:things'];
    const scopeOf = async (user: string) =>
      decodeJwt(await mock.userToken({ user, resource: api, scopes }))['scope'];
    expect(await scopeOf('ada')).toBe('read:things write:things');
    expect(await scopeOf('bob')).toBe('read:things');
  });

  it('is for an organization, with a resource by the claim, without one by the audience', async () => {
    const mock = await start(scripted('({ org: context.organization.name })'));
    const both = decodeJwt(await mock.userToken({ user: 'ada', resource: api, organization: 'acme' }));
    expect(both).toMatchObject({ aud: api, organization_id: 'acme', org: 'acme' });
    const alone = decodeJwt(
      await mock.userToken({ user: 'ada', organization: 'acme', scopes: ['org:read'] }),
    );
    expect(alone).toMatchObject({ aud: 'urn:logto:organization:acme', scope: 'org:read' });
    expect(alone).not.toHaveProperty('organization_id');
  });

  it('takes another user, who is known from then on', async () => {
    const mock = await start(scripted('({ name: context.user.name, phone: context.user.primaryPhone })'));
    const token = await mock.userToken({ user: { id: 'eve', name: 'Eve' }, resource: api });
    expect(decodeJwt(token)).toMatchObject({ sub: 'eve', name: 'Eve', phone: null });
    expect(decodeJwt(await mock.userToken({ user: 'eve', resource: api }))).toMatchObject({ sub: 'eve' });
  });

  it.each([
    [{ user: 'unknown', resource: api }, 'user not found'],
    [{ user: 'bob', resource: api, organization: 'acme' }, 'user is not a member of the organization'],
    [{ user: 'ada', resource: 'https://other.example.com' }, 'resource indicator is missing, or unknown'],
  ])('says why a tenant refuses: %j', async (request, reason) => {
    await expect((await start()).userToken(request)).rejects.toThrow(reason);
  });

  it('is denied by the script', async () => {
    const mock = await start(scripted('api.denyAccess("no seat")'));
    await expect(mock.userToken({ user: 'ada', resource: api })).rejects.toThrow('no seat');
  });
});

it('client credentials are for an organization of which the application is a member', async () => {
  const mock = await start({ organizations: [{ id: 'acme', applications: ['web'] }, { id: 'other' }] });
  const ask = (organization_id: string, form = {}) =>
    post(mock, '/oidc/token', { grant_type: 'client_credentials', organization_id, ...form });
  const { body } = await ask('acme', { resource: api, scope: 'read:things' });
  expect(decodeJwt(String(body['access_token']))).toMatchObject({
    sub: 'web',
    organization_id: 'acme',
    scope: 'read:things',
  });
  expect((await ask('other')).status).toBe(403);
});

describe('a wrong option is refused', () => {
  it.each<[object, string]>([
    [{ users: [{ id: 'ada', nam: 'Ada' }] }, '/0/nam: is no field of context.user'],
    [{ users: [{ id: 'ada', name: 1 }] }, '/0/name: Expected string, received number'],
    [{ users: [{ id: 'ada' }, { id: 'ada' }] }, '/1/id: another one has the id "ada"'],
    [{ users: [{}] }, '/0/id: must be a string that is not empty'],
    [
      { organizations: [{ id: 'acme', isMfaRequired: true }] },
      '/0/isMfaRequired: is no field that the mock has',
    ],
  ])('%j', async (options, reason) => {
    await expect(startMock(options as MockOptions)).rejects.toThrow(reason);
  });
});
