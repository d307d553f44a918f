import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as closed from '../../generated/validators/closed.js';
import { example } from './document.test-helper.ts';
import { serveMock } from './serve.test-helper.ts';

const open = serveMock();
const known = serveMock({ clients: [{ id: '<id>', secret: '<secret>' }] });

interface Exchange {
  name: string;
  request: { form: Record<string, string> };
  response: { status: number; headers: Record<string, string>; body: Record<string, unknown> };
}

const recorded: Exchange[] = readFileSync(
  new URL('../../contracts/recordings/token-endpoint.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const ask = (mock: typeof open, form: Record<string, string>, headers: Record<string, string> = {}) =>
  mock.call('/oidc/token', {
    method: 'POST',
    raw: new URLSearchParams(form),
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: '', ...headers },
  });

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

const form = { grant_type: 'client_credentials', client_id: 'a', client_secret: 'b', resource: 'c' };

describe('with clients, as recorded', () => {
  /** Recorded, and not given by the mock: it knows no roles and no resources. */
  const exceptions = [
    'granted without the scope: the application has no permission (the API then answers 403)',
    'unknown resource',
  ];

  it.each(recorded.filter(({ name }) => !exceptions.includes(name)))(
    '$name',
    async ({ name, request, response }) => {
      const headers = name.includes('HTTP Basic') ? basic('%3Cid%3E', '%3Csecret%3E') : {};
      const { status, body, headers: answered } = await ask(known, request.form, headers);
      const { access_token: token, ...rest } = response.body;
      expect(status).toBe(response.status);
      expect(body).toMatchObject(rest);
      expect(Object.keys(body as object).sort()).toStrictEqual(Object.keys(response.body).sort());
      expect(answered.get('content-type')).toBe(response.headers['content-type']);
      const validate = status === 200 ? closed.validateTokenResponse : closed.validateTokenError;
      expect(validate(body)).toStrictEqual([]);
      expect(token === undefined).toBe(status !== 200);
    },
  );

  it('refuses a wrong secret and an unknown id in HTTP Basic', async () => {
    const { client_id: _, client_secret: __, ...rest } = form;
    expect(await ask(known, rest, basic('<id>', 'wrong'))).toMatchObject({ status: 401 });
    expect(await ask(known, rest, basic('nope', '<secret>'))).toMatchObject({
      status: 400,
      body: { error_description: 'invalid client nope' },
    });
  });
});

describe('without clients', () => {
  it('grants any client a token for any resource', async () => {
    expect(await ask(open, { ...form, scope: 'all' })).toMatchObject({
      status: 200,
      body: example('token-granted'),
    });
  });

  it.each([{}, { scope: '' }, { scope: 'read' }, { scope: 'overall' }])(
    'grants no scope for %j',
    async (scope) => {
      const { status, body } = await ask(open, { ...form, ...scope });
      expect({ status, body }).toStrictEqual({ status: 200, body: example('token-granted-without-scope') });
    },
  );

  it.each([{ resource: '' }, { scope: 'all', resource: '' }])(
    'refuses a request without a resource',
    async (more) => {
      expect(await ask(open, { ...form, ...more })).toMatchObject({
        status: 400,
        body: example('token-no-resource'),
      });
    },
  );

  it.each([['authorization_code'], [''], ['client_credentials ']])(
    'refuses the grant type %j',
    async (grantType) => {
      const { status, body } = await ask(open, { ...form, grant_type: grantType });
      expect(status).toBe(400);
      expect(body).toMatchObject({ code: 'oidc.unsupported_grant_type', error: 'unsupported_grant_type' });
      expect(closed.validateTokenError(body)).toStrictEqual([]);
    },
  );

  it('refuses a request without a client or without a secret', async () => {
    expect(await ask(open, { ...form, client_id: '' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    expect(await ask(open, { ...form, client_secret: '' })).toMatchObject({ status: 401 });
    expect(await ask(open, {})).toMatchObject({ status: 400 });
  });

  it.each(['Basic', 'Basic !!!', 'Basic JXp6OiV6eg==', 'Basic YQ=='])(
    'survives the authorization %s',
    async (authorization) => {
      const { status } = await ask(
        open,
        { grant_type: 'client_credentials', resource: 'c' },
        { authorization },
      );
      expect([200, 400, 401]).toContain(status);
    },
  );
});

it('keeps ids and secrets out of its log', async () => {
  await ask(open, { ...form, client_id: 'id-to-hide', client_secret: 'secret-to-hide' });
  await ask(open, form, basic('id-to-hide', 'secret-to-hide'));
  expect(open.lines.join('\n')).toContain('POST /oidc/token 200');
  expect(open.lines.join('\n')).not.toMatch(/to-hide|aWQtdG8t/);
});
