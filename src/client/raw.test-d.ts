/** Never run: the type check is the test, and `types.test.ts` proves that it fails when the types are loosened. */
import type { RawClient } from './raw.ts';
import type { AccessTokenJwtCustomizer, TokenType } from './types.ts';

declare const raw: RawClient;
declare const tokenType: TokenType;
declare const full: AccessTokenJwtCustomizer;

const script = 'const getCustomJwtClaims = async () => ({});';
const path = {
  'access-token': '/api/configs/jwt-customizer/access-token',
  'client-credentials': '/api/configs/jwt-customizer/client-credentials',
} as const;

export const accepted = async () => {
  const { data } = await raw.PATCH(path['access-token'], { body: full, headers: { a: 'b' } });
  const kind: 'AccessToken' | undefined = data?.tokenSample?.kind;
  const machine = await raw.GET(path['client-credentials']);
  const machineKind: 'ClientCredentials' | undefined = machine.data?.tokenSample?.kind;
  await raw.PUT(path[tokenType], { body: { script }, signal: AbortSignal.timeout(1) });
  await raw.DELETE(path[tokenType]);
  return [kind, machineKind];
};

export const refusals = async () => {
  // @ts-expect-error raw: a user in a client-credentials context
  await raw.PATCH(path['client-credentials'], { body: { script, contextSample: { user: { id: 'x' } } } });
  // @ts-expect-error raw: a field of the other token type's token
  await raw.PUT(path['client-credentials'], { body: { script, tokenSample: { accountId: 'x' } } });
  // @ts-expect-error raw: an unknown field
  await raw.PATCH(path['client-credentials'], { body: { script, envVars: {} } });
  // @ts-expect-error raw: an access-token customizer for client-credentials
  await raw.PATCH(path['client-credentials'], { body: full });
  // @ts-expect-error raw: no body
  await raw.PATCH(path['access-token']);
  // @ts-expect-error raw: a body without a script
  await raw.PATCH(path['access-token'], { body: {} });
  // @ts-expect-error raw: a method that the path does not have
  await raw.POST(path['access-token'], { body: { script } });
  // @ts-expect-error raw: an unknown path
  await raw.GET('/api/configs/jwt-customizer/id-token');
  // @ts-expect-error raw: an option that would override the transport
  await raw.GET('/api/configs/jwt-customizer', { redirect: 'follow' });
};
