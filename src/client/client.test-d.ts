/** Never run: the type check is the test, and `types.test.ts` proves that it fails when the types are loosened. */
import {
  type AccessTokenJwtCustomizer,
  type Claims,
  type ClientCredentialsJwtCustomizer,
  createJwtCustomizerClient,
  type JwtCustomizerClient,
  type JwtCustomizerConfigs,
  type TokenType,
} from './index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

declare const client: JwtCustomizerClient;
declare const exactly: <A, B>(...same: Equal<A, B> extends true ? [] : [never]) => void;
declare const tokenType: TokenType;

const script = 'const getCustomJwtClaims = async () => ({});';
const endpoint = 'https://my-tenant.logto.app';
const getToken = () => 'token';

export const responses = async () => {
  const updated = await client.update('access-token', { script });
  exactly<typeof updated, AccessTokenJwtCustomizer>();
  const updatedMachine = await client.update('client-credentials', { script });
  exactly<typeof updatedMachine, ClientCredentialsJwtCustomizer>();
  const stored = await client.put('access-token', { script, environmentVariables: { PLAN: 'pro' } });
  exactly<typeof stored, AccessTokenJwtCustomizer>();
  await client.update('access-token', {
    script,
    contextSample: {
      user: {},
      interaction: {
        verificationRecords: [
          {
            id: 'v',
            type: 'Password',
            identifier: { type: 'email', value: 'ada@example.com' },
            verified: true,
          },
          { id: 'v', type: 'Totp', userId: 'u', verified: true },
        ],
      },
    },
  });
  const read = await client.get('client-credentials');
  exactly<typeof read, ClientCredentialsJwtCustomizer | undefined>();
  const either = await client.get(tokenType);
  exactly<typeof either, AccessTokenJwtCustomizer | ClientCredentialsJwtCustomizer | undefined>();
  const deleted = await client.delete('access-token');
  exactly<typeof deleted, void>();
  const claims = await client.test({ tokenType: 'client-credentials', script, token: {}, context: {} });
  exactly<typeof claims, Claims>();
  const configs = await client.list();
  exactly<typeof configs, JwtCustomizerConfigs>();
  for (const { key, value } of configs) {
    if (key === 'jwt.accessToken') exactly<typeof value, AccessTokenJwtCustomizer>();
    else exactly<typeof value, ClientCredentialsJwtCustomizer>();
  }
};

export const accepted = async () => {
  await client.restore(tokenType, await client.get(tokenType));
  await client.put('access-token', { script }, { ifUnchanged: await client.get('access-token') });
  await client.update('access-token', { script, contextSample: { user: { customData: { plan: 'pro' } } } });
  await client.update('client-credentials', { script, contextSample: { application: { customData: {} } } });
  await client.test({ tokenType: 'access-token', script, token: { sid: 'sid' }, context: { user: {} } });
  createJwtCustomizerClient({ endpoint, clientId: 'id', clientSecret: 'secret', resource: undefined, fetch });
  createJwtCustomizerClient({ endpoint, getToken: async () => 'token', fetch: undefined });
};

export const refusals = async () => {
  // @ts-expect-error a user in a client-credentials context
  await client.update('client-credentials', { script, contextSample: { user: {} } });
  // @ts-expect-error a user in a client-credentials context that is put
  await client.put('client-credentials', { script, contextSample: { user: {} } });
  // @ts-expect-error a context without its user
  await client.update('access-token', { script, contextSample: {} });
  // @ts-expect-error an unknown field, access-token
  await client.update('access-token', { script, envVars: {} });
  // @ts-expect-error an unknown field, client-credentials
  await client.update('client-credentials', { script, envVars: {} });
  // @ts-expect-error an unknown field of a token sample
  await client.update('access-token', { script, tokenSample: { sub: 'user' } });
  // @ts-expect-error the other token type's kind
  await client.update('access-token', { script, tokenSample: { kind: 'ClientCredentials' } });
  // @ts-expect-error an empty body, access-token
  await client.update('access-token', {});
  // @ts-expect-error an empty body, client-credentials
  await client.put('client-credentials', {});
  // @ts-expect-error an environment variable that is a number, access-token
  await client.update('access-token', { script, environmentVariables: { LIMIT: 5 } });
  // @ts-expect-error an environment variable that is a number, client-credentials
  await client.put('client-credentials', { script, environmentVariables: { LIMIT: 5 } });
  // @ts-expect-error an unknown token type
  await client.get('id-token');
  // @ts-expect-error an unknown token type to delete
  await client.delete('..');
  // @ts-expect-error a test with a user in a client-credentials context
  await client.test({ tokenType: 'client-credentials', script, token: {}, context: { user: {} } });
  // @ts-expect-error a test with the other token type's fields
  await client.test({ tokenType: 'client-credentials', script, token: { sid: 'sid' }, context: {} });
  // @ts-expect-error a test without a token type
  await client.test({ script, token: {}, context: {} });
  // @ts-expect-error a customizer as read, restored under the other token type
  await client.restore('client-credentials', await client.get('access-token'));
  // @ts-expect-error raw is a separate entry
  client.raw;
};

export const refusedOptions = () => {
  // @ts-expect-error a secret beside getToken
  createJwtCustomizerClient({ endpoint, getToken, clientSecret: 'secret' });
  // @ts-expect-error a resource beside getToken
  createJwtCustomizerClient({ endpoint, getToken, resource: 'https://default.logto.app/api' });
  // @ts-expect-error a token endpoint beside getToken
  createJwtCustomizerClient({ endpoint, getToken, tokenEndpoint: `${endpoint}/oidc/token` });
  // @ts-expect-error both kinds
  createJwtCustomizerClient({ endpoint, getToken, clientId: 'id', clientSecret: 'secret' });
  // @ts-expect-error no secret
  createJwtCustomizerClient({ endpoint, clientId: 'id' });
  // @ts-expect-error neither kind
  createJwtCustomizerClient({ endpoint });
  // @ts-expect-error no endpoint
  createJwtCustomizerClient({ getToken });
};
