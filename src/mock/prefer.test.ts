import { describe, expect, it } from 'vitest';
import { example, responseExamples } from './document.test-helper.ts';
import { base, type Call, serveMock } from './serve.test-helper.ts';

const mock = serveMock();
const item = `${base}/client-credentials`;

const valid = (method: string, path: string): Call => {
  if (path === '/oidc/token')
    return {
      method,
      raw: 'grant_type=client_credentials&client_id=a&client_secret=b&resource=c',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
  if (path.endsWith('/test')) return { method, body: example('test-client-credentials-claims') };
  return method === 'PATCH' || method === 'PUT' ? { method, body: { script: 'x' } } : { method };
};

const prefer = (preference: string, method = 'GET', path = item, headers = {}) => {
  const options = valid(method, path);
  return mock.call(path, { ...options, headers: { ...options.headers, prefer: preference, ...headers } });
};

it.each(responseExamples)('$method $path gives $status $key to who prefers it', async (documented) => {
  const path = documented.path.replace('{tokenTypePath}', 'client-credentials');
  const { status, text, body } = await prefer(
    `code=${documented.status}, example=${documented.key}`,
    documented.method,
    path,
  );
  expect(status).toBe(documented.status);
  expect(typeof documented.value === 'string' ? text : body).toStrictEqual(documented.value);
});

describe('a status without an example', () => {
  it.each([
    ['GET', 403, 'forbidden'],
    ['GET', 404, 'client-credentials-missing'],
    ['PATCH', 404, 'client-credentials-missing'],
    ['PATCH', 200, 'client-credentials-every-field'],
    ['PUT', 201, 'client-credentials-every-field'],
    ['DELETE', 404, 'delete-missing'],
    ['PATCH', 500, 'internal-error'],
  ])('%s %i has the example of the token type or the method', async (method, code, name) => {
    expect(await prefer(`code=${code}`, method)).toMatchObject({ status: code, body: example(name) });
  });

  it('heeds Accept when it has several media types', async () => {
    expect(await prefer('code=404', 'PATCH', item, { accept: 'text/plain' })).toMatchObject({
      status: 404,
      text: 'Not Found',
    });
  });
});

it('finds an example without a status under whatever status it stands', async () => {
  expect(await prefer('example=client-credentials-every-field', 'PUT')).toMatchObject({ status: 201 });
  expect(await prefer('example=forbidden')).toMatchObject({ status: 403, body: example('forbidden') });
  expect(await prefer('example=list-none', 'GET', base)).toMatchObject({ status: 200, body: [] });
});

it.each(['code="403"', 'CODE=403', 'respond-async, code=403; wait=100, code=404', 'code = 403'])(
  'reads %s',
  async (preference) => {
    expect(await prefer(preference)).toMatchObject({ status: 403 });
  },
);

it('reads the query where there is no header', async () => {
  expect(await mock.call(`${item}?__code=403`)).toMatchObject({ status: 403 });
  expect(await mock.call(`${item}?__code=403`, { headers: { prefer: 'code=404' } })).toMatchObject({
    status: 404,
  });
});

it.each(['return=minimal', 'respond-async', ',;=', 'dynamic=false'])(
  'is not disturbed by the preference %s',
  async (preference) => {
    expect(await prefer(preference)).toMatchObject({
      status: 200,
      body: example('client-credentials-every-field'),
    });
  },
);

describe('what the document does not have', () => {
  it.each([
    ['code=409', 404],
    ['example=nope', 404],
    ['code=404, example=forbidden', 404],
    ['code=abc', 422],
    ['dynamic=maybe', 422],
  ])('%s is answered with a problem, as Prism does', async (preference, status) => {
    const answered = await prefer(preference);
    expect(answered.status).toBe(status);
    expect(answered.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answered.body).toMatchObject({ status, type: expect.stringMatching(/^https:\/\/stoplight\.io/) });
  });
});

it('generates a body, the same for the same seed', async () => {
  const first = await prefer('dynamic=true, seed=one');
  expect(first.status).toBe(200);
  expect(first.text).not.toBe((await prefer('dynamic=false')).text);
  expect((await prefer('dynamic=true, seed=one')).text).toBe(first.text);
});

it('does not talk a refusal away, and chooses among its examples', async () => {
  const refused = (preference: string) =>
    mock.call(item, { method: 'PATCH', body: {}, headers: { prefer: preference } });
  expect(await refused('code=200')).toMatchObject({ status: 400, body: example('missing-script') });
  expect(await refused('code=400, example=unknown-field')).toMatchObject({
    status: 400,
    body: example('unknown-field'),
  });
  expect(await refused('code=abc')).toMatchObject({ status: 400 });
});
