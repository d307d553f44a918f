import { describe, expect, test } from 'vitest';
import { createConformingTenant, type Hook, type Served, serve } from './index.ts';

const path = '/api/configs/jwt-customizer/access-token';

const withServer = async (
  hook: Hook | undefined,
  use: (served: Served, authorization: string) => Promise<void>,
): Promise<void> => {
  const tenant = createConformingTenant({ release: '1.43' });
  const served = await serve(tenant, hook);
  try {
    await use(served, `Bearer ${tenant.tokens.issue(['all'])}`);
  } finally {
    await served.close();
  }
};

describe('a served tenant', () => {
  test('answers, tells its document, and counts what it is asked', () =>
    withServer(undefined, async ({ url, counts }, authorization) => {
      const body = JSON.stringify({ script: '' });
      const headers = { authorization, 'content-type': 'application/json' };
      expect((await fetch(`${url}${path}`, { method: 'PUT', headers, body })).status).toBe(201);
      expect((await fetch(`${url}${path}`, { headers })).headers.get('etag')).toBeTruthy();
      expect(await (await fetch(`${url}/api/swagger.json`)).json()).toHaveProperty('paths');
      await fetch(`${url}/elsewhere`);
      expect(counts).toMatchObject({ put: 1, get: 1, document: 1, other: 1, token: 0 });
    }));

  test('answers what a hook answers, before the tenant or after it', () =>
    withServer(undefined, async ({ url, setHook }, authorization) => {
      const send = (method: string) =>
        fetch(`${url}${path}`, {
          method,
          headers: { authorization, 'content-type': 'application/json' },
          body: method === 'GET' ? null : JSON.stringify({ script: '' }),
        });
      setHook(() => ({ status: 503, headers: {}, body: 'busy' }));
      expect(await (await send('PUT')).text()).toBe('busy');
      setHook(async (_, next) => ({ ...(await next()), status: 502 }));
      expect((await send('PUT')).status).toBe(502);
      setHook(undefined);
      expect((await send('GET')).status).toBe(200);
    }));

  test('cuts the connection when a hook says so', () =>
    withServer(
      () => 'reset',
      async ({ url, counts }) => {
        await expect(fetch(`${url}${path}`)).rejects.toThrow(TypeError);
        expect(counts.get).toBe(1);
      },
    ));

  test('tells what a hook threw', () =>
    withServer(
      () => {
        throw new Error('planted');
      },
      async ({ url }) => {
        const response = await fetch(`${url}${path}`);
        expect(response.status).toBe(500);
        expect(await response.text()).toContain('planted');
      },
    ));
});

test.each([
  ['1.28', '1.28'],
  ['1.30', '1.28'],
  ['1.41', '1.42'],
  ['1.43', '1.43'],
])('a tenant of %s has the document of %s', (release, recorded) => {
  expect(createConformingTenant({ release }).swagger).toBe(
    createConformingTenant({ release: recorded }).swagger,
  );
});
