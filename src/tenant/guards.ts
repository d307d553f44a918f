import { invalidInput, unknownTokenTypeError, unreadInput } from './invalid-input.ts';
import { json, type TenantResponse } from './message.ts';
import { type TokenType, tokenTypes } from './token-type.ts';
import type { ZodIssue } from './zod-issue.ts';

/** What a guard makes of a body: zod's `safeParse`, with the issues beside the verdict. */
export type GuardResult =
  /** The body without what the guard drops in silence; the fields that it knows come first, in its own order. */
  | { success: true; data: unknown }
  /** Without issues: the body is nested too deep for the guard. */
  | { success: false; issues: readonly ZodIssue[] };

export type BodyGuard = (body: unknown) => GuardResult;

/** The guards of a tenant's bodies, of the release that the document describes. */
export interface BodyGuards {
  customizers: Readonly<Record<TokenType, BodyGuard>>;
  /** Of `POST /test`. */
  testRequest: BodyGuard;
}

/** Lets the guard judge a body. */
export const judge = (guard: BodyGuard, body: unknown): GuardResult => guard(body);

/** The 400 for a body in which a guard finds issues, or that is too deep for it to find any. */
export const refuseIssues = (issues: readonly ZodIssue[]): TenantResponse =>
  json(400, issues.length === 0 ? unreadInput('body') : invalidInput('body', [...issues]));

/**
 * The token type that a path names, or the 400 for one that names none (recording "refused: unknown token type").
 */
export const readTokenType = (
  tokenTypePath: string,
): { tokenType: TokenType } | { refusal: TenantResponse } => {
  const tokenType = tokenTypes.find((candidate) => candidate === tokenTypePath);
  return tokenType === undefined
    ? { refusal: json(400, unknownTokenTypeError(tokenTypes, tokenTypePath)) }
    : { tokenType };
};
