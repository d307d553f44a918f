import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../scripts/temporary.test-helper.ts';
import { ConfigError, RefusedPushError } from './errors.ts';
import { digest, loadPlan, openPlan, planTenant, savePlan } from './plan.ts';
import type { Customizer, Wanted } from './types.ts';

const folder = temporaryFolder();
const file = join(folder, 'plan.json');
const tenant = { endpoint: 'https://tenant.example', release: '1.43', clientSecret: 'client-secret' };
const environmentVariables = { PLAN: 'pro-value', KEY: 'key-value' };
const stored: Customizer = { script: 'old', environmentVariables: { PLAN: 'old-value' } };
const wanted: Wanted = {
  tokenType: 'access-token',
  customizer: { script: 'new', environmentVariables, tokenSample: { aud: 'x' } },
  samples: {
    'a.json': { token: { aud: 'x' }, environmentVariables: { ...environmentVariables } },
    'own.json': { environmentVariables: { PLAN: 'from the repository' } },
  },
};
const absent: Wanted = { tokenType: 'client-credentials', customizer: null, samples: {} };

const saved = async () => {
  const tenants = {
    staging: planTenant(tenant, [
      { stored, wanted },
      { stored: null, wanted: absent },
    ]),
  };
  await savePlan(file, { version: 1, by: '0.1.0', madeAt: '2026-11-30T12:00:00.000Z', tenants });
  const planned = (await loadPlan(file)).tenants['staging'];
  if (planned === undefined) throw new Error('the tenant is missing');
  return planned;
};

const open = async (values: Record<string, string>, settings = tenant) =>
  openPlan('staging', await saved(), settings, (_, names) =>
    Object.fromEntries(names.map((name) => [name, values[name] ?? ''])),
  );

test('a saved plan holds no value of a variable, and gives back what was wanted', async () => {
  expect(await open(environmentVariables)).toEqual([
    { read: digest('client-secret', stored), wanted },
    { read: digest('client-secret', null), wanted: absent },
  ]);
  expect(readFileSync(file, 'utf8')).not.toMatch(/client-secret|-value/);
});

test('a digest ignores the order of keys, and depends on the key', () => {
  expect(digest('k', { a: 1, b: 2 })).toBe(digest('k', { b: 2, a: 1 }));
  expect(digest('k', 'a')).not.toBe(digest('l', 'a'));
});

test('values that differ from those of the plan are refused by name', async () => {
  const opening = open({ ...environmentVariables, KEY: 'another-value' });
  await expect(opening).rejects.toBeInstanceOf(RefusedPushError);
  await expect(opening).rejects.toThrowErrorMatchingInlineSnapshot(
    `[RefusedPushError: staging: access-token: the plan was made with other values of KEY. Make it again]`,
  );
});

test('another tenant or client secret, and a changed file, are refused', async () => {
  await expect(
    open(environmentVariables, { ...tenant, endpoint: 'https://other.example' }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ConfigError: staging: the plan is for https://tenant.example, and the config names https://other.example. Make the plan again]`,
  );
  await expect(
    open(environmentVariables, { ...tenant, clientSecret: 'another' }),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ConfigError: staging: the plan was made with another LOGTO_APP_SECRET, or its file was changed. Make it again with the application that pushes]`,
  );
  const planned = await saved();
  const changed = {
    ...planned,
    customizers: { 'client-credentials': planned.customizers['client-credentials'] },
  };
  expect(() => openPlan('staging', changed as typeof planned, tenant, () => ({}))).toThrow(ConfigError);
});

const sealed = { version: 1, tenants: { staging: { endpoint: '', release: '', seal: '' } } };

test.each([
  ['no JSON', '{'],
  ['another version', '{"version":2,"tenants":{}}'],
  ['no tenant', '{"version":1,"tenants":{}}'],
  ['a commit that ends a comment', JSON.stringify({ ...sealed, commit: '*/ planted() /*' })],
  ['a commit that is no string', JSON.stringify({ ...sealed, commit: 1234567 })],
  ['a tenant without a seal', '{"version":1,"tenants":{"staging":{"endpoint":"","release":""}}}'],
])('a file that is no plan: %s', async (name, text) => {
  const bad = join(folder, `${name}.json`);
  writeFileSync(bad, text);
  const loading = loadPlan(bad);
  await expect(loading).rejects.toBeInstanceOf(ConfigError);
  await expect(loading).rejects.toThrow(bad);
});

test.each([{}, { commit: 'abc1234' }, { commit: '0123456789-dirty' }])('a plan with %o', async (commit) => {
  writeFileSync(file, JSON.stringify({ ...sealed, ...commit }));
  expect(await loadPlan(file)).toEqual({ ...sealed, ...commit });
});

test('a plan that cannot be read or written', async () => {
  const missing = join(folder, 'missing', 'plan.json');
  await expect(loadPlan(missing)).rejects.toThrow(ConfigError);
  await expect(savePlan(missing, { version: 1, by: '', madeAt: '', tenants: {} })).rejects.toThrow(
    ConfigError,
  );
});
