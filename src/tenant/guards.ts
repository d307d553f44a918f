import { z } from '../../generated/zod.js';
import { json, type TenantResponse } from './message.ts';
import { type TokenType, tokenTypes } from './state.ts';

/** An issue as zod 3 words it. Which further fields it has depends on `code`. */
export interface ZodIssue {
  code: string;
  path: (string | number)[];
  message: string;
  [detail: string]: unknown;
}

const params = z.object({ tokenTypePath: z.enum(tokenTypes as [TokenType, TokenType]) });

const sentence = ({ code, path, message, ...detail }: ZodIssue): string => {
  const what =
    code === 'invalid_type'
      ? `Expected ${String(detail['expected'])} but received ${String(detail['received'])}.`
      : message;
  return `Error in key path "${path.join('.')}": (${code}) ${what}`;
};

/**
 * The 400 for issues in a tenant's order. Without issues the guard gave up (recorded: "PUT with customData 2,000 deep",
 * more-exchanges.jsonl).
 */
const invalidInput = (part: 'body' | 'params', issues: readonly ZodIssue[]): TenantResponse =>
  json(400, {
    code: 'guard.invalid_input',
    ...(issues.length === 0
      ? { data: {} }
      : { data: { issues, name: 'ZodError' }, details: issues.map(sentence).join('\n') }),
    message: `The request ${part} is invalid.`,
  });

/** What a guard makes of a body: zod's `safeParse`, with the issues beside the verdict. */
export type GuardResult =
  /** The body without what the guard drops in silence; the fields that it knows come first, in its own order. */
  | { success: true; data: unknown }
  /** Without issues: the body is nested too deep for the guard. */
  | { success: false; issues: readonly ZodIssue[] };

export type BodyGuard = (body: unknown) => GuardResult;

/** The guards of a tenant's bodies, of its release. */
export interface BodyGuards {
  customizers: Readonly<Record<TokenType, BodyGuard>>;
  /** Of `POST /test`. */
  testRequest: BodyGuard;
}

/** Lets the guard validate a body. */
export const validate = (guard: BodyGuard, body: unknown): GuardResult => guard(body);

/** The 400 for a body in which a guard finds issues, or that is too deep for it to find any. */
export const refuseIssues = (issues: readonly ZodIssue[]): TenantResponse => invalidInput('body', issues);

/**
 * The token type that a path names, or the 400 for one that names none (recording "refused: unknown token type").
 */
export const readTokenType = (
  tokenTypePath: string,
): { tokenType: TokenType } | { refusal: TenantResponse } => {
  const { success, data, error } = params.safeParse({ tokenTypePath });
  return success
    ? { tokenType: data.tokenTypePath }
    : { refusal: invalidInput('params', error.issues as ZodIssue[]) };
};
