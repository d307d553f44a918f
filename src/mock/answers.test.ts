import { describe, expect, it } from 'vitest';
import * as closed from '../../generated/validators/closed.js';
import type { Validate } from '../../generated/validators/issue.d.ts';
import { example, openApi, pairs } from './document.test-helper.ts';
import { base, serveMock } from './serve.test-helper.ts';

const mock = serveMock();

const variants: [tokenType: string, validate: Validate, kind: string][] = [
  ['access-token', closed.validateAccessTokenJwtCustomizer, 'AccessToken'],
  ['client-credentials', closed.validateClientCredentialsJwtCustomizer, 'ClientCredentials'],
];

describe.each(variants)('%s', (tokenType, validate, kind) => {
  it('is read in its own variant', async () => {
    const { status, body } = await mock.call(`${base}/${tokenType}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ tokenSample: { kind } });
    expect(validate(body)).toStrictEqual([]);
  });

  it.each(['PATCH', 'PUT'])('is answered in its own variant to a %s with any body', async (method) => {
    const { status, body } = await mock.call(`${base}/${tokenType}`, {
      method,
      body: { script: 'a script that is no example' },
    });
    expect(status).toBe(200);
    expect(body).toStrictEqual(
      example(method === 'PUT' ? `${tokenType}-minimal` : `${tokenType}-every-field`),
    );
    expect(validate(body)).toStrictEqual([]);
  });

  it('is generated in its own variant', async () => {
    const { status, body } = await mock.call(`${base}/${tokenType}`, { headers: { prefer: 'dynamic=true' } });
    expect(status).toBe(200);
    const { tokenSample } = body as { tokenSample?: { kind?: string } };
    expect([kind, undefined]).toContain(tokenSample?.kind);
  });

  it('is deleted without a body', async () => {
    const { status, headers, text } = await mock.call(`${base}/${tokenType}`, { method: 'DELETE' });
    expect({ status, text, type: headers.get('content-type') }).toStrictEqual({
      status: 204,
      text: '',
      type: null,
    });
  });

  it('is tested with claims of its own', async () => {
    const body = { ...(example(`test-${tokenType}-claims`) as object), script: 'another script' };
    const answered = await mock.call(`${base}/test`, { method: 'POST', body });
    expect(answered).toMatchObject({ status: 200, body: example(`test-${tokenType}-claims-2`) });
  });
});

it('lists both customizers', async () => {
  const { status, body } = await mock.call(base);
  expect({ status, body }).toStrictEqual({ status: 200, body: example('list-both') });
  expect(closed.validateJwtCustomizerConfigs(body)).toStrictEqual([]);
});

describe('a body that is an example of the document', () => {
  it('is one of many', () => {
    expect(pairs.length).toBeGreaterThan(25);
    expect(new Set(pairs.map(({ status }) => status))).toStrictEqual(new Set([200, 201, 403, 422]));
  });

  it.each(pairs)('$method $path with $key gets that example, $status', async (pair) => {
    const path = pair.path.replace(
      '{tokenTypePath}',
      pair.key.startsWith('client-credentials') ? 'client-credentials' : 'access-token',
    );
    const reversed = Object.fromEntries(Object.entries(pair.request as object).reverse());
    for (const request of [pair.request, reversed]) {
      const { status, body } = await mock.call(path, { method: pair.method, body: request });
      expect({ status, body }).toStrictEqual({ status: pair.status, body: pair.value });
    }
  });

  it('of the other token type is no pair', async () => {
    const { body } = await mock.call(`${base}/client-credentials`, {
      method: 'PATCH',
      body: example('access-token-empty-script'),
    });
    expect(body).toStrictEqual(example('client-credentials-every-field'));
  });
});

it('answers HEAD as GET without a body', async () => {
  for (const path of [base, `${base}/access-token`, '/api/swagger.json']) {
    const get = await mock.call(path);
    const head = await mock.call(path, { method: 'HEAD' });
    expect(head.text).toBe('');
    expect(head.status).toBe(200);
    for (const name of ['content-length', 'content-type', 'etag', 'logto-core-request-id'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
  }
});

it('puts an ETag on reads and not on writes', async () => {
  const etag = async (path: string, options = {}) => (await mock.call(path, options)).headers.get('etag');
  expect(await etag(base)).toMatch(/^"/);
  expect(await etag(`${base}/access-token`)).toMatch(/^"/);
  expect(await etag(`${base}/access-token`, { method: 'PUT', body: { script: 'x' } })).toBeNull();
});

it('names every exchange with the API', async () => {
  const paths = [base, `${base}/access-token`, `${base}/nope`, '/api/nope', '/api/swagger.json'];
  for (const path of paths)
    for (const method of ['GET', 'POST', 'OPTIONS'])
      for (const prefer of ['', 'code=403', 'code=418', 'code=x'])
        expect(
          (await mock.call(path, { method, headers: { prefer } })).headers.get('logto-core-request-id'),
          `${method} ${path} ${prefer}`,
        ).toBe('K3E8-GiJ6Rjmyww3');
});

it('serves the document without authorization', async () => {
  const response = await fetch(`${mock.url()}/api/swagger.json`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await response.json()).toStrictEqual(openApi);
});

it('keeps parallel requests apart', async () => {
  const requests = Array.from({ length: 20 }).flatMap(() => [
    { path: `${base}/access-token`, options: {}, expected: 'AccessToken' },
    { path: `${base}/client-credentials`, options: {}, expected: 'ClientCredentials' },
    { path: `${base}/access-token`, options: { headers: { prefer: 'code=403' } }, expected: 'forbidden' },
    {
      path: `${base}/client-credentials`,
      options: { headers: { accept: 'text/html' } },
      expected: 'ClientC',
    },
  ]);
  const answers = await Promise.all(requests.map(({ path, options }) => mock.call(path, options)));
  for (const [index, { text }] of answers.entries()) expect(text).toContain(requests[index]?.expected);
});
