import { describe, expect, test } from 'vitest';
import { createJwtCustomizerClient, type InvalidRequestError } from './index.ts';
import { errorOf, json, type Received, startTenant, storing } from './local-tenant.test-helper.ts';

const script = '\uFEFF// ünï 😀 \u2028\r\nconst getCustomJwtClaims = async () => ({});  \r\n';
const testRequest = { tokenType: 'access-token', script, token: {}, context: { user: {} } } as const;

const sent = ({ method, url, headers, body }: Received) => ({
  line: `${method} ${url}`,
  type: headers['content-type'],
  body: body.toString(),
});

describe('what is sent', () => {
  test('get', async () => {
    const tenant = await startTenant(storing);
    const client = tenant.client();
    expect(await client.get('client-credentials')).toEqual({ script: '' });
    expect(tenant.calls.map(sent)).toEqual([
      { line: 'GET /api/configs/jwt-customizer/client-credentials', type: undefined, body: '' },
    ]);
  });

  test('list', async () => {
    const configs = [{ key: 'jwt.accessToken', value: { script } }];
    const tenant = await startTenant(() => json(200, configs));
    expect(await tenant.client().list()).toEqual(configs);
    expect(tenant.calls.map(sent)).toEqual([
      { line: 'GET /api/configs/jwt-customizer', type: undefined, body: '' },
    ]);
  });

  test.each([
    ['put', 'PUT'],
    ['update', 'PATCH'],
  ] as const)('%s: the body byte for byte', async (operation, method) => {
    const tenant = await startTenant(storing);
    const client = tenant.client();
    const customizer = { script, environmentVariables: { PLAN: 'pro\r\n€' } };
    expect(await client[operation]('access-token', customizer)).toEqual(customizer);
    expect(tenant.calls.map(sent)).toEqual([
      {
        line: `${method} /api/configs/jwt-customizer/access-token`,
        type: 'application/json',
        body: JSON.stringify(customizer),
      },
    ]);
  });

  test('delete', async () => {
    const tenant = await startTenant(storing);
    const client = tenant.client();
    expect(await client.delete('access-token')).toBeUndefined();
    expect(tenant.calls.map(sent)).toEqual([
      { line: 'DELETE /api/configs/jwt-customizer/access-token', type: undefined, body: '' },
    ]);
  });

  test('test', async () => {
    const tenant = await startTenant(() => json(200, { plan: 'pro' }));
    expect(await tenant.client().test(testRequest)).toEqual({ plan: 'pro' });
    expect(tenant.calls.map(sent)).toEqual([
      {
        line: 'POST /api/configs/jwt-customizer/test',
        type: 'application/json',
        body: JSON.stringify(testRequest),
      },
    ]);
  });

  test('below an endpoint with a path and slashes at its end', async () => {
    const tenant = await startTenant(() => json(200, []));
    const getToken = () => 'token';
    await createJwtCustomizerClient({ endpoint: `${tenant.endpoint}/logto//`, getToken }).list();
    expect(tenant.calls[0]?.url).toBe('/logto/api/configs/jwt-customizer');
  });
});

describe('an unknown token type is refused before anything is sent', () => {
  const paths = ['..', '.', '', 'test', 'access-token/', 'ACCESS-TOKEN'];
  const inherited = ['constructor', '__proto__', 'toString'];
  const unknown = [...paths, ...inherited, 0, null, undefined, ['access-token'], {}];

  test.each(unknown)('%j', async (given) => {
    const tenant = await startTenant(storing);
    const client = tenant.client();
    const tokenType = given as 'access-token';
    for (const call of [
      () => client.get(tokenType),
      () => client.delete(tokenType),
      () => client.put(tokenType, { script }),
      () => client.update(tokenType, { script }),
      () => client.test({ ...testRequest, tokenType }),
    ]) {
      const error = await errorOf(call());
      expect(error.name).toBe('InvalidRequestError');
      expect((error as InvalidRequestError).issues.map(({ keyword }) => keyword)).toEqual(['enum']);
    }
    expect(tenant.calls).toHaveLength(0);
  });

  test('with a message that lists the known ones', async () => {
    const client = (await startTenant(storing)).client();
    expect((await errorOf(client.get('..' as 'access-token'))).message).toMatchInlineSnapshot(
      `"\`get\` was not sent: the token type: expected one of "access-token", "client-credentials", found ".."."`,
    );
    expect((await errorOf(client.test({} as typeof testRequest))).message).toMatchInlineSnapshot(
      `"\`test\` was not sent: /tokenType: expected one of "access-token", "client-credentials", found undefined."`,
    );
  });
});
