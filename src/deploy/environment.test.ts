import { join } from 'node:path';
import { expect, test } from 'vitest';
import { selectTenants, tenantSettings, variablesOf } from './environment.ts';
import { folderWith } from './folder.test-helper.ts';

const projectWith = (files: Record<string, string>, names = ['staging', 'production']) => {
  const folder = folderWith(files);
  const tenants = Object.fromEntries(
    names.map((name) => [name, { endpoint: `https://${name}.example/`, release: '1.43.0' }]),
  );
  return { file: join(folder, 'logto.config.mts'), folder, config: { tenants, customizers: {} } };
};
const credentials = 'LOGTO_APP_ID=app\nLOGTO_APP_SECRET=planted\n';

test('the process environment comes before .env.<tenant>, and that before .env', async () => {
  const project = projectWith({
    '.env': `\uFEFF${credentials}A=1\nB=1\nC=1\n`,
    '.env.staging': 'B=2\nC=2\n',
    '.env.production': 'A=3\n',
  });
  const settings = await tenantSettings(project, 'staging', { C: '3' });
  expect(settings).toMatchObject({
    name: 'staging',
    endpoint: 'https://staging.example',
    release: '1.43',
    allowHttp: false,
    clientId: 'app',
    clientSecret: 'planted',
  });
  expect(variablesOf(settings, 'access-token', ['C', 'A', 'B'])).toEqual({ A: '1', B: '2', C: '3' });
});

test('a declared variable without a value is named, and so is each place for it', async () => {
  const settings = await tenantSettings(projectWith({ '.env': `${credentials}A=1\nB=2\n` }), 'staging', {
    B: '',
  });
  expect(() => variablesOf(settings, 'access-token', ['A', 'B', 'toString'])).toThrow(
    'staging: access-token declares environment variables without a value: B (empty), toString (not set). Set them in the process environment, .env.staging or .env, of which the first counts',
  );
});

test('missing credentials are named with the tenant and the files', async () => {
  const project = projectWith({ '.env.production': credentials });
  await expect(tenantSettings(project, 'staging', { LOGTO_APP_ID: 'app' })).rejects.toThrow(
    /^staging: no value for LOGTO_APP_SECRET \(not set\)\. Set .* in the process environment, \.env\.staging or \.env$/,
  );
  await expect(tenantSettings(project, 'production', {})).resolves.toMatchObject({ clientId: 'app' });
});

test('a file that cannot be read is an error', async () => {
  const project = projectWith({ '.env/file': '' });
  await expect(tenantSettings(project, 'staging', {})).rejects.toThrow(/\.env cannot be read \(EISDIR\)/);
});

test('--tenant, LOGTO_TENANT, or the only one', () => {
  const project = projectWith({});
  const env = { LOGTO_TENANT: 'production' };
  expect(selectTenants(project, ['production', 'staging', 'production'], {})).toEqual([
    'production',
    'staging',
  ]);
  expect(selectTenants(project, [], env)).toEqual(['production']);
  expect(selectTenants(project, ['staging'], env)).toEqual(['staging']);
  expect(selectTenants(projectWith({}, ['only']), [], { LOGTO_TENANT: '' })).toEqual(['only']);
  expect(() => selectTenants(project, [], {})).toThrow(
    'Choose a tenant with --tenant or LOGTO_TENANT: staging, production',
  );
  expect(() => selectTenants(project, ['stagin'], {})).toThrow(
    'There is no tenant stagin: did you mean staging?',
  );
  expect(() => selectTenants(project, [], { LOGTO_TENANT: 'constructor' })).toThrow(
    'There is no tenant constructor. The config has staging, production',
  );
});
