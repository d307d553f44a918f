import type { TokenType } from '../../generated/types.d.ts';
import { type JsonSchemas, unknownTokenTypeError } from '../tenant/index.ts';
import type { Decision } from './decide.ts';
import { refuseCustomizer, refuseTestRequest, tokenTypeOf } from './guard.ts';
import { parseJson } from './parse-json.ts';

/** A request to the Management API is good, or why it is refused. */
export type Judgement =
  | { tokenType: TokenType | undefined; body: unknown }
  | { tokenType: TokenType | undefined; refusal: Decision };

const isTokenType = (text: string, tokenTypes: readonly string[]): text is TokenType =>
  tokenTypes.includes(text);

/**
 * Judges the body and the path of a request, in a tenant's order: what is no JSON, an unknown token type, the
 * guard, storage. Authorization has been judged before.
 *
 * @param tokenTypePath - the path's token type; nothing for `POST /test`, whose body has it, and for the list
 * @param bytes - the body; nothing for a method without one
 */
export const judge = (
  tokenTypePath: string | undefined,
  bytes: Uint8Array | undefined,
  tokenTypes: readonly TokenType[],
  schemas: JsonSchemas,
): Judgement => {
  const parsed = bytes === undefined ? { value: undefined } : parseJson(bytes);
  if ('message' in parsed) return { tokenType: undefined, refusal: { status: 400, body: parsed } };
  const body = parsed.value;
  if (tokenTypePath !== undefined && !isTokenType(tokenTypePath, tokenTypes)) {
    const error = unknownTokenTypeError(tokenTypes, tokenTypePath);
    return { tokenType: undefined, refusal: { status: 400, body: error } };
  }
  const tokenType = tokenTypePath ?? tokenTypeOf(body);
  if (bytes === undefined) return { tokenType, body };
  const refusal =
    tokenTypePath === undefined
      ? refuseTestRequest(body, schemas)
      : refuseCustomizer(tokenTypePath, body, schemas);
  return refusal === undefined ? { tokenType, body } : { tokenType, refusal };
};
