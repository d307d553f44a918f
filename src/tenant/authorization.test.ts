import { expect, it } from 'vitest';
import { refuseAuthorization } from './tokens.ts';

const scopes: Record<string, string[]> = { good: ['all'], 'without-permission': [] };

const refuse = async (header: string | undefined) => {
  const refusal = await refuseAuthorization(header, (token) => scopes[token]);
  return refusal && [refusal.status, (JSON.parse(refusal.body) as { code: string }).code];
};

it('lets a token with the permission pass', async () => {
  expect(await refuse('Bearer good')).toBeUndefined();
});

it.each([
  [undefined, 401, 'auth.authorization_header_missing'],
  ['', 401, 'auth.authorization_header_missing'],
  ['Basic YTpi', 401, 'auth.authorization_token_type_not_supported'],
  ['bearer good', 401, 'auth.authorization_token_type_not_supported'],
  ['Bearer', 401, 'auth.unauthorized'],
  ['Bearer garbage', 401, 'auth.unauthorized'],
  ['Bearer without-permission', 403, 'auth.forbidden'],
])('%s: %i %s', async (header, status, code) => {
  expect(await refuse(header)).toEqual([status, code]);
});
