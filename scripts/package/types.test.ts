/** Tests the types of the packed package with both compilers and each module resolution that supports `exports`. */
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { isNightly } from '../../contracts/nightly.ts';
import manifest from '../../package.json' with { type: 'json' };
import { createConsumer } from './consumer.test-helper.ts';
import { root } from './pack.ts';

const { write, execute, install } = createConsumer();

const compilers = {
  'TypeScript 5.9': join(root, 'node_modules/typescript/bin/tsc'),
  'TypeScript 7': join(root, 'node_modules/@typescript/native/bin/tsc'),
};
const resolutions = {
  nodenext: { module: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};
/** The source of the types of `fetch` and `Response`: the DOM library or the types of Node. */
const platforms = {
  'the DOM': { lib: ['es2023', 'dom'], types: [] },
  Node: { lib: ['es2023'], types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
};
beforeAll(async () => {
  await install(inject('tarball'));
  write(
    'consumer.ts',
    `import { createJwtCustomizerClient, isLogtoJwtCustomizerError, type TokenType } from 'logto-jwt-customizer';
import { createRawClient } from 'logto-jwt-customizer/raw';
import type { AccessTokenJwtCustomizer, ClientCredentialsJwtCustomizer } from 'logto-jwt-customizer/types';
import { validateAccessTokenJwtCustomizer } from 'logto-jwt-customizer/validators/request';
import { validateClientCredentialsJwtCustomizer } from 'logto-jwt-customizer/validators/response';
import { validateJwtCustomizerConfigs } from 'logto-jwt-customizer/validators/closed';

const client = createJwtCustomizerClient({ endpoint: '', getToken: () => '' });
export const updated: Promise<AccessTokenJwtCustomizer> = client.update('access-token', { script: '' });
export const read: Promise<ClientCredentialsJwtCustomizer | undefined> = client.get('client-credentials');
export const either = (tokenType: TokenType) => client.delete(tokenType);
// @ts-expect-error: an unknown field
export const unknownField = client.update('access-token', { script: '', envVars: {} });
// @ts-expect-error: an unknown token type
export const unknownTokenType = client.get('access_token');
// @ts-expect-error: the other variant's field
export const otherVariant = client.put('client-credentials', { script: '', contextSample: { user: {} } });
// @ts-expect-error: neither credentials nor getToken
export const withoutCredentials = createJwtCustomizerClient({ endpoint: '' });
export const raw = createRawClient({ endpoint: '' }).GET('/api/configs/jwt-customizer');
// @ts-expect-error: the other variant's field in the raw client
export const rawVariant = createRawClient({ endpoint: '' }).PATCH('/api/configs/jwt-customizer/client-credentials', { body: { script: '', contextSample: { user: {} } } });
export const issues: string[] = [
  ...validateAccessTokenJwtCustomizer({}),
  ...validateClientCredentialsJwtCustomizer({}),
  ...validateJwtCustomizerConfigs({}),
].map(({ pointer }) => pointer);
export const held = (error: unknown): boolean | undefined =>
  isLogtoJwtCustomizerError(error) && error.name === 'ConflictError' ? error.holdsSent : undefined;
`,
  );
  write(
    'claims.ts',
    `import type { AccessTokenInput, Claims } from 'logto-jwt-customizer/claims';
export const getCustomJwtClaims = async ({ context, environmentVariables }: AccessTokenInput<'PLAN'>): Promise<Claims> => ({
  plan: environmentVariables.PLAN,
  roles: context.user.roles.map(({ name }) => name),
});
// @ts-expect-error: tenants ignore it
export const ignored = (): Claims => ({ sub: 'x' });
`,
  );
  write(
    'commands.ts',
    `import { runContract } from 'logto-jwt-customizer/contract';
import { type Mock, startMock } from 'logto-jwt-customizer/mock';
export const started: Promise<Mock> = startMock();
export const run: typeof runContract = runContract;
// @ts-expect-error: a promise
export const url = startMock().url;
`,
  );
  write(
    'tests.ts',
    `import { type MockTenant, mockTenant } from 'logto-jwt-customizer/vitest';
import { expect, test as base } from 'vitest';
export const test = base.extend<{ tenant: MockTenant }>({ tenant: mockTenant() });
export const inferred = base.extend('tenant', mockTenant());
inferred('has a tenant', ({ tenant }) => expect(fetch(tenant.url)).toSatisfyContract('ListJwtCustomizers'));
// @ts-expect-error: an unknown operation
export const refused = () => expect(new Response()).toSatisfyContract('NoOperation');
// @ts-expect-error: the fixture chooses the port
export const port = mockTenant({ port: 1 });
`,
  );
}, 180_000);

/** `skipLibCheck` is off: what passes without it also passes with it, since it only hides errors. */
const check = async (compiler: string, files: string[], compilerOptions: object): Promise<string> => {
  const options = {
    noEmit: true,
    target: 'es2023',
    skipLibCheck: false,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    ...compilerOptions,
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions: options, files }));
  const { output } = await execute('node', [compiler, '-p', '.', '--pretty', 'false']);
  return output;
};

/** The older compiler is slow, so CI runs it only once, below, for all of them. */
const combinations = Object.entries(compilers)
  .filter(([compiler]) => isNightly || compiler === 'TypeScript 7')
  .flatMap(([compiler, tsc]) =>
    Object.entries(resolutions).map(([resolution, options]) => ({ compiler, resolution, tsc, options })),
  );

describe.each(combinations)(
  '$compiler, $resolution',
  ({ tsc, options }) => {
    test('the client compiles with the DOM types', async () => {
      expect(await check(tsc, ['consumer.ts', 'claims.ts'], { ...options, ...platforms['the DOM'] })).toBe(
        '',
      );
    });

    test('client, mock and suite compile with the types of Node', async () => {
      expect(await check(tsc, ['consumer.ts', 'commands.ts'], { ...options, ...platforms.Node })).toBe('');
    });
  },
  120_000,
);

describe('with vitest and jose installed', () => {
  beforeAll(async () => {
    // Separate types of Node: with ours, vitest would also load the types of chai a second time.
    const names = ['vitest', 'jose', '@types/node'] as const;
    await install('--save-dev', ...names.map((name) => `${name}@${manifest.devDependencies[name]}`));
  }, 180_000);

  test.each(Object.entries(compilers))(
    '%s types fixture and matcher, and all else',
    async (_, compiler) => {
      const options = { ...resolutions.nodenext, lib: ['es2023'], types: ['node'] };
      expect(await check(compiler, ['consumer.ts', 'claims.ts', 'commands.ts', 'tests.ts'], options)).toBe(
        '',
      );
    },
    120_000,
  );
});
