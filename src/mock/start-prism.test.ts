import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { responseExamples as examples } from '../contract/document.ts';
import { example, paths, requestFor, responseExamples } from './document.test-helper.ts';
import { startPrism } from './index.ts';
import { base, type Call, call } from './serve.test-helper.ts';

let prism: Awaited<ReturnType<typeof startPrism>>;
const log: string[] = [];
beforeAll(async () => {
  prism = await startPrism({ log: (line) => log.push(line) });
});
afterAll(() => prism.close());

const item = `${base}/client-credentials`;
const ask = (path = item, options: Call = {}) =>
  call({ url: prism.url, token: async () => 'any' }, path, options);
const prefer = (preference: string, options: Call = {}) =>
  ask(item, { ...options, headers: { ...options.headers, prefer: preference } });

it('serves every response example of the document, of every operation', () => {
  expect(new Set(responseExamples.map(({ key }) => key))).toEqual(new Set(examples.keys()));
  const operations = Object.values(paths).flatMap((item) => Object.keys(item));
  const shown = new Set(responseExamples.map(({ method, path }) => `${method} ${path}`));
  expect(shown.size).toBe(operations.length);
});

it.each(responseExamples)('$method $path responds with $status $key when preferred', async (documented) => {
  const [path, init] = requestFor(documented);
  const response = await fetch(prism.url + path, init);
  expect(response.status).toBe(documented.status);
  expect(response.headers.get('content-type')).toBe(`${documented.mediaType}; charset=utf-8`);
  const text = await response.text();
  expect(documented.mediaType === 'text/plain' ? text : JSON.parse(text)).toStrictEqual(documented.value);
});

it.each(['access-token', 'client-credentials'])('responds for %s with its own variant', async (tokenType) => {
  const body = example(`${tokenType}-every-field`);
  const path = `${base}/${tokenType}`;
  expect(await ask(path)).toMatchObject({ status: 200, body });
  expect(await ask(path, { method: 'PATCH', body: { script: 'other' } })).toMatchObject({
    status: 200,
    body,
  });
});

it("refuses the other token type's fields", async () => {
  // If an operation documents both 422 and 400, Prism responds with 422.
  for (const body of [
    { script: 'x', tokenSample: { kind: 'AccessToken' } },
    { script: 'x', tokenSample: { accountId: 'x' } },
    { script: 'x', contextSample: { user: { id: 'x' } }, unknown: 1 },
  ])
    expect(await ask(item, { method: 'PATCH', body })).toMatchObject({ status: 422 });
});

it.each(['code=403', 'code="403"', 'CODE=403', 'respond-async, code=403; wait=100, code=404', 'code = 403'])(
  'reads Prefer: %s',
  async (preference) => {
    expect(await prefer(preference)).toMatchObject({ status: 403, body: example('forbidden') });
  },
);

it('reads the query when there is no Prefer', async () => {
  expect(await ask(`${item}?__code=403`)).toMatchObject({ status: 403 });
  expect(await ask(`${item}?__code=403`, { headers: { prefer: 'code=404' } })).toMatchObject({ status: 404 });
});

describe('a preference that cannot be met', () => {
  it.each([
    ['code=404, example=forbidden', 500],
    ['example=nope', 404],
    ['code=abc', 422],
    ['dynamic=maybe', 422],
  ])('%s gets a problem response', async (preference, status) => {
    const response = await prefer(preference);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.body).toMatchObject({ status, type: expect.stringMatching(/^https:\/\/stoplight\.io/) });
    expect(response.status).toBe(status);
  });
});

it('generates the same body for the same seed', async () => {
  const first = await prefer('dynamic=true, seed=one');
  expect(first.status).toBe(200);
  expect(first.text).not.toBe((await prefer('dynamic=false')).text);
  expect((await prefer('dynamic=true, seed=one')).text).toBe(first.text);
});

it('requires a bearer token', async () => {
  expect(await ask(base, { headers: { authorization: 'Basic x' } })).toMatchObject({ status: 401 });
  expect(await prefer('code=403', { headers: { authorization: '' } })).toMatchObject({ status: 401 });
});

it('survives bodies that hang or crash the server of Prism', async () => {
  for (const raw of ['{', '{"script":"x","имя":1}', '\0'])
    expect(await ask(item, { method: 'PATCH', raw })).toMatchObject({ status: 422 });
  expect(await ask()).toMatchObject({ status: 200 });
});

it('logs a line for each request, without secrets', async () => {
  await ask(`${item}?query-to-hide`, { method: 'PATCH', raw: 'body-to-hide' });
  await expect.poll(() => log.at(-1)).toMatch(/^PATCH \S+\/client-credentials 422 \d+ ms$/);
  expect(log.join()).not.toContain('to-hide');
});
