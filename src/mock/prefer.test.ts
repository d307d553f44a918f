import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { example, openApi, responseExamples } from './document.test-helper.ts';
import { type Mock, startMock } from './index.ts';
import { base, type Call, call, script } from './serve.test-helper.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ seed: { 'client-credentials': { script } } });
});
afterAll(() => mock.close());

const item = `${base}/client-credentials`;

const valid = (method: string, path: string): Call => {
  if (path === '/oidc/token')
    return {
      method,
      raw: 'grant_type=client_credentials&client_id=a&client_secret=b&resource=c',
      headers: {
        authorization: `Basic ${btoa('a:b')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    };
  if (path.endsWith('/test')) return { method, body: example('test-client-credentials-claims') };
  return method === 'PATCH' || method === 'PUT' ? { method, body: { script: 'x' } } : { method };
};

const prefer = (preference: string, method = 'GET', path = item, headers = {}) => {
  const options = valid(method, path);
  return call(mock, path, { ...options, headers: { ...options.headers, prefer: preference, ...headers } });
};

it('finds examples of every operation', () => {
  const operations = Object.values(openApi.paths).flatMap((path) =>
    Object.keys(path).filter((name) => name !== 'parameters'),
  );
  expect(new Set(responseExamples.map(({ method, path }) => `${method} ${path}`)).size).toBe(
    operations.length,
  );
});

it.each(responseExamples)('$method $path gives $status $key to who prefers it', async (documented) => {
  const path = documented.path.replace('{tokenTypePath}', 'client-credentials');
  const before = mock.state();
  const preference = `code=${documented.status}, example=${documented.key}`;
  const { status, text, body } = await prefer(preference, documented.method, path);
  expect(status).toBe(documented.status);
  expect(typeof documented.value === 'string' ? text : body).toStrictEqual(documented.value);
  expect(mock.state()).toEqual(before);
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
  expect(await call(mock, `${item}?__code=403`)).toMatchObject({ status: 403 });
  expect(await call(mock, `${item}?__code=403`, { headers: { prefer: 'code=404' } })).toMatchObject({
    status: 404,
  });
});

it.each(['return=minimal', 'respond-async', ',;=', 'dynamic=false'])(
  'answers from its state at the preference %s',
  async (preference) => {
    expect(await prefer(preference)).toMatchObject({ status: 200, body: { script } });
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

it('asks for a token by the document all the same', async () => {
  expect(
    await prefer('example=client-credentials-every-field', 'GET', item, { authorization: '' }),
  ).toMatchObject({ status: 401 });
});

describe('stateless', () => {
  let plain: Mock;
  beforeAll(async () => {
    plain = await startMock({ stateless: true });
  });
  afterAll(() => plain.close());

  it('answers by examples, and keeps nothing', async () => {
    const put = { method: 'PUT', body: { script: 'other' } };
    expect((await call(plain, `${base}/access-token`, put)).status).toBe(200);
    expect(await call(plain, `${base}/access-token`)).toMatchObject({
      status: 200,
      body: example('access-token-every-field'),
    });
    expect(plain.state()).toEqual({});
  });

  it("judges by Prism's security and validation", async () => {
    expect(await call(plain, base, { headers: { authorization: 'Basic x' } })).toMatchObject({ status: 401 });
    // Of an operation with both, Prism answers 422 and never 400.
    expect(await call(plain, item, { method: 'PATCH', body: { nope: 1 } })).toMatchObject({ status: 422 });
    expect(await call(plain, item, { headers: { prefer: 'code=403' } })).toMatchObject({ status: 403 });
    expect(await call(plain, '/nope')).toMatchObject({ status: 404 });
  });

  it('outlives the bodies that stop the server of Prism', async () => {
    for (const raw of ['{', '{"script":"x","имя":1}', '\0'])
      expect((await call(plain, item, { method: 'PATCH', raw })).status).toBeGreaterThanOrEqual(400);
    expect(await call(plain, item)).toMatchObject({ status: 200 });
  });
});
