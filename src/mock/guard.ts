import type { TokenType } from '../../generated/types.d.ts';
import type { Validate } from '../../generated/validators/issue.d.ts';
import {
  validateAccessTokenJwtCustomizer,
  validateAccessTokenJwtCustomizerTestRequest,
  validateClientCredentialsJwtCustomizer,
  validateClientCredentialsJwtCustomizerTestRequest,
} from '../../generated/validators/request.js';
import { type GuardIssue, invalidBodyError, type JsonSchemas } from '../tenant/index.ts';
import type { Decision } from './decide.ts';

const customizers: Record<TokenType, [name: string, validate: Validate]> = {
  'access-token': ['AccessTokenJwtCustomizer', validateAccessTokenJwtCustomizer],
  'client-credentials': ['ClientCredentialsJwtCustomizer', validateClientCredentialsJwtCustomizer],
};

const testRequests: Record<TokenType, Validate> = {
  'access-token': validateAccessTokenJwtCustomizerTestRequest,
  'client-credentials': validateClientCredentialsJwtCustomizerTestRequest,
};

const hasText = (body: unknown, text: string): boolean =>
  typeof body === 'object' && body !== null && 'script' in body && String(body.script).includes(text);

/** Storage refuses after the guard (recorded: U+0000 in `script` 500, a lone surrogate 422). */
const decideOn = (
  issues: readonly GuardIssue[],
  body: unknown,
  name: string,
  schemas: JsonSchemas,
): Decision | undefined => {
  if (issues.length === 0) return undefined;
  if (issues.every(({ keyword }) => keyword === 'pattern'))
    return hasText(body, '\0')
      ? { status: 500, example: 'internal-error' }
      : { status: 422, example: 'lone-surrogate' };
  const schema = { $ref: `#/components/schemas/${name}` };
  return { status: 400, body: invalidBodyError(issues, body, { schema, schemas }) };
};

/** Refuses a customizer that a tenant's guard or storage refuses. */
export const refuseCustomizer = (
  tokenType: TokenType,
  body: unknown,
  schemas: JsonSchemas,
): Decision | undefined => {
  const [name, validate] = customizers[tokenType];
  return decideOn(validate(body), body, name, schemas);
};

/** The token type that a body of `POST /test` says it is of. */
export const tokenTypeOf = (body: unknown): TokenType | undefined => {
  const tokenType = typeof body === 'object' && body !== null && 'tokenType' in body && body.tokenType;
  return tokenType === 'access-token' || tokenType === 'client-credentials' ? tokenType : undefined;
};

const withoutTokenType = (body: unknown): GuardIssue[] =>
  Array.isArray(body)
    ? [{ pointer: '', keyword: 'type' }]
    : [{ pointer: '/tokenType', keyword: 'discriminator' }];

/** Refuses a body of `POST /test` that a tenant's guard refuses. */
export const refuseTestRequest = (body: unknown, schemas: JsonSchemas): Decision | undefined => {
  const tokenType = tokenTypeOf(body);
  const issues = tokenType === undefined ? withoutTokenType(body) : testRequests[tokenType](body);
  return decideOn(issues, body, 'JwtCustomizerTestRequest', schemas);
};
