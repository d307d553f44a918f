import type { TokenType } from '../../generated/types.d.ts';
import type { ValidationIssue } from '../../generated/validators/issue.d.ts';
import { InvalidRequestError } from './errors/invalid-request.ts';

const tokenTypes: readonly unknown[] = ['access-token', 'client-credentials'] satisfies TokenType[];

export const isTokenType = (value: unknown): value is TokenType => tokenTypes.includes(value);

export const unknownTokenType = (value: unknown, pointer: string): ValidationIssue => {
  const expected = `one of ${tokenTypes.map((tokenType) => JSON.stringify(tokenType)).join(', ')}`;
  const found = typeof value === 'string' && value.length <= 60 ? JSON.stringify(value) : typeof value;
  const message = `${pointer === '' ? 'the token type' : pointer}: expected ${expected}, found ${found}`;
  return { pointer, keyword: 'enum', expected, found, message };
};

/**
 * Openapi-fetch would send `..` to the parent URL and `''` to the list.
 *
 * @throws InvalidRequestError
 */
export const checkTokenType = (operation: string, tokenType: unknown): void => {
  if (!isTokenType(tokenType)) throw new InvalidRequestError(operation, [unknownTokenType(tokenType, '')]);
};
