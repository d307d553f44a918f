import { afterAll, test as base, describe, expect } from 'vitest';
import type { MockTenant } from './index.ts';
import { mockTenant } from './index.ts';

const script = 'const getCustomJwtClaims = async () => ({});';
const seed = { 'access-token': { script, environmentVariables: { PLAN: 'pro' } } };
const test = base.extend('tenant', mockTenant({ seed }));

/** The tenants of completed tests. */
const seen: MockTenant[] = [];

describe('mockTenant', () => {
  const objectForm = base.extend<{ tenant: MockTenant }>({ tenant: mockTenant({ seed }) });
  describe.for([
    ['the object form', objectForm],
    ['the builder form', test as unknown as typeof objectForm],
  ] as const)('in %s', ([name, extended]) => {
    extended('starts from the seed, whatever the other test wrote', async ({ tenant }) => {
      seen.push(tenant);
      expect(tenant.state()).toEqual(seed);
      expect(tenant.requests()).toEqual([]);
      await tenant.customizers.put('access-token', { script: `// ${name}` });
      await tenant.customizers.put('client-credentials', { script });
      expect(tenant.state()['access-token']).toEqual({ script: `// ${name}` });
    });
  });

  test('closes the tenants of completed tests', async () => {
    expect(seen).toHaveLength(2);
    for (const { url } of seen) await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  describe('at the same time', { concurrent: true }, () => {
    const urls = new Set<string>();
    let arrived: () => void;
    const bothWrote = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const writes = async (tenant: MockTenant, text: string): Promise<void> => {
      urls.add(tenant.url);
      await tenant.customizers.update('access-token', { script: text });
      if (urls.size === 2) arrived();
      await bothWrote;
      expect(tenant.state()['access-token']?.['script']).toBe(text);
      expect(tenant.requests()).toHaveLength(1);
    };
    test('no test sees what this one writes', ({ tenant }) => writes(tenant, '// a'));
    test('nor what this one writes', ({ tenant }) => writes(tenant, '// b'));
    afterAll(() => expect(urls.size).toBe(2));
  });

  describe('with other options', () => {
    test.override('tenant', mockTenant({ release: '1.28' }));
    test('has the requested release and is empty', async ({ tenant }) => {
      expect(tenant.state()).toEqual({});
      const response = await fetch(`${tenant.url}/api/configs/jwt-customizer/access-token`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'application/json' },
        body: JSON.stringify({ script, blockIssuanceOnError: true }),
      });
      expect(response.status).toBe(400);
      await expect(response).toSatisfyContract('UpsertJwtCustomizer', 'access-token');
    });
  });

  base('explains an invalid option', async () => {
    const fixture = mockTenant({ release: '1.27' });
    await expect(fixture({}, { onCleanup: () => {} })).rejects.toThrow(/1\.27/);
  });
});
