import { expect, test } from 'vitest';
import type { CustomizerConfig } from '../claims/config.ts';
import { folderWith } from './folder.test-helper.ts';
import { wantedOf } from './folder.ts';

const settings = {
  name: 'staging',
  endpoint: 'https://staging.logto.app',
  allowHttp: false,
  clientId: 'id',
  clientSecret: 'secret',
  environment: {},
};

const wanted = (declared: Partial<CustomizerConfig>, files: Record<string, string>) => {
  const folder = folderWith({
    'a.js': 'const getCustomJwtClaims = () => ({});',
    ...files,
  });
  const customizers = { 'access-token': { script: 'a.js', ...declared } };
  const project = { file: `${folder}/logto.config.mts`, folder, config: { tenants: {}, customizers } };
  return wantedOf(project, settings, 'access-token', '1.43');
};

const named = (name: string): string => JSON.stringify({ context: { user: { name } } });

test('`sample` is a path, and `samples` are patterns', async () => {
  const files = { 's/[1].json': named('Ada'), 's/1.json': named('Bob') };
  const found = await wanted({ sample: './s/[1].json', samples: ['s/*.json'] }, files);
  expect(found?.customizer).toMatchObject({ contextSample: { user: { name: 'Ada' } } });
  expect(Object.keys(found?.samples ?? {}).sort()).toEqual(['s/1.json', 's/[1].json']);
  await expect(wanted({ sample: 's/*.json' }, files)).rejects.toThrow('s/*.json cannot be read');
});

test.each([
  ['[]', 'it must be an object'],
  ['{ "token": [] }', 'token must be an object'],
  ['{ "context": { "user": "ada" } }', 'user must be an object'],
  ['{ "context": { "user": { "roles": "Editor" } } }', 'The sample s.json cannot be completed'],
  ['{ "environmentVariables": ["PLAN"] }', 'environmentVariables must be an object'],
  ['{ "environmentVariables": { "PLAN": 1 } }', 'the environment variable PLAN must be a string'],
  ['{ "expect": { "claims": [] } }', 'claims must be an object'],
])('a sample of another shape: %s', async (text, message) => {
  const reading = wanted({ sample: 's.json' }, { 's.json': text });
  await expect(reading).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringMatching(/s\.json/),
  });
  await expect(reading).rejects.toThrow(message);
});

test('null is no part of a sample', async () => {
  const found = await wanted({ sample: 's.json' }, { 's.json': '{ "token": null, "context": null }' });
  expect(found?.customizer).toMatchObject({ tokenSample: { kind: 'AccessToken' } });
});
