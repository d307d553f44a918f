import type { TokenType } from '../../generated/types.d.ts';
import { isTokenType } from './call/engine.ts';
import { written } from './json.ts';
import { loadValidate } from './load.ts';

/**
 * The fields of a customizer that a tenant would accept and not keep: those that it does not know inside
 * `contextSample`. An unknown field anywhere else is refused, and so is a key `__proto__`: neither is listed, nor are
 * fields that only older releases drop.
 *
 * @returns JSON Pointers, for example `/contextSample/user/nickName`
 * @throws InvalidRequestError for an unknown token type, and for a body that JSON cannot hold or that is too long
 */
export const findDroppedFields = async (tokenType: TokenType, customizer: unknown): Promise<string[]> => {
  const operation = 'findDroppedFields';
  const body = written(customizer);
  const { findDropped, unknownTokenType } = await loadValidate();
  if (!isTokenType(tokenType)) throw unknownTokenType(operation, tokenType);
  return findDropped(operation, body, tokenType);
};
