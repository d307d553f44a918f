/** Never run: the type check is the test. */
import type { AccessTokenInput, Claims, ClientCredentialsCustomizer, JsonValue } from './index.ts';
import { accessTokenSample } from './index.ts';

declare const input: AccessTokenInput<'PLAN'>;
const { context, token, environmentVariables, api } = input;
interface Named {
  name: string;
}
declare const named: Named;

export const accepted: Claims[] = [
  {},
  { plan: environmentVariables.PLAN, roles: context.user.roles.map(({ name }) => name) },
  { user: context.user, users: [context.user], application: context.application, token },
  { ...context.user, tier: context.user.customData['tier'], organization: context.organization?.customData },
  { named, list: [named], tuple: [1, 'x', null] as const, deep: { a: [{ b: undefined }] } },
  { parsed: JSON.parse('1'), flag: true as const },
];
export const changed = (claims: Claims): void => {
  claims['plan'] = 'pro';
};
export const overruling: Claims<'organization_id' | 'act'> = { organization_id: 'x', act: { sub: 'x' } };
export const denying = async (): Promise<Claims> => api.denyAccess('no');
export const machine: ClientCredentialsCustomizer = ({ context, token }) => {
  return { name: context?.application.name, audience: token.aud };
};
export const sampled: AccessTokenInput<'PLAN'> = {
  ...accessTokenSample({ user: { roles: ['Editor', { name: 'Admin', scopes: ['read'] }] } }),
  environmentVariables: { PLAN: 'pro' },
  api,
};

class Secret {
  [Symbol.toStringTag] = 'Secret';
}

export const refusedValues: JsonValue[] = [
  // @ts-expect-error: BigInt
  1n,
  // @ts-expect-error: a function
  () => 1,
  // @ts-expect-error: a class
  Secret,
  // @ts-expect-error: a symbol
  Symbol('x'),
  // @ts-expect-error: a date
  new Date(),
  // @ts-expect-error: a map
  new Map<string, string>(),
  // @ts-expect-error: a set
  new Set(['x']),
  // @ts-expect-error: a regular expression
  /x/,
  // @ts-expect-error: a promise that is not awaited
  Promise.resolve('x'),
  // @ts-expect-error: bytes
  new Uint8Array(1),
  // @ts-expect-error: dates in a list
  [new Date()],
];

export const refusedClaims: Claims[] = [
  // @ts-expect-error: tenants ignore it
  { sub: 'x' },
  // @ts-expect-error: tenants ignore it
  { iss: 'x' },
  // @ts-expect-error: tenants ignore it
  { aud: ['x'] },
  // @ts-expect-error: tenants ignore it
  { exp: 1 },
  // @ts-expect-error: tenants ignore it
  { iat: 1 },
  // @ts-expect-error: tenants ignore it
  { jti: 'x' },
  // @ts-expect-error: tenants ignore it
  { scope: 'x' },
  // @ts-expect-error: tenants ignore it
  { client_id: 'x' },
  // @ts-expect-error: overrules the tenant
  { organization_id: 'x' },
  // @ts-expect-error: overrules the tenant
  { act: { sub: 'x' } },
  // @ts-expect-error: overrules the tenant
  { nbf: 1 },
  // @ts-expect-error: overrules the tenant
  { sid: 'x' },
  // @ts-expect-error: overrules the tenant
  { kind: 'x' },
  // @ts-expect-error: an array
  [1],
  // @ts-expect-error: a string
  'x',
  // @ts-expect-error: null
  null,
];
// @ts-expect-error: only act is named
export const otherClaim: Claims<'act'> = { act: 'x', nbf: 1 };
// @ts-expect-error: tenants ignore it, named or not
export type Ignored = Claims<'sub'>;
// @ts-expect-error: a message that is no string denies nothing
api.denyAccess(1);
// @ts-expect-error: absent from opaque tokens
token.aud.length;
// @ts-expect-error: users may have no name
context.user.name.length;
// @ts-expect-error: no variables without their names
(undefined as unknown as AccessTokenInput).environmentVariables.PLAN;
