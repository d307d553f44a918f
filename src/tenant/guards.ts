import { z } from '../../generated/zod.js';
import { json, type TenantResponse } from './message.ts';
import { type TokenType, tokenTypes } from './state.ts';

/** An issue in zod 3's format. Its other fields depend on `code`. */
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
 * The 400 that lists issues in a tenant's order. An empty list means that the guard gave up (recorded: "PUT with
 * customData 2,000 deep", more-exchanges.jsonl).
 */
const invalidInput = (part: 'body' | 'params', issues: readonly ZodIssue[]): TenantResponse =>
  json(400, {
    code: 'guard.invalid_input',
    ...(issues.length === 0
      ? { data: {} }
      : { data: { issues, name: 'ZodError' }, details: issues.map(sentence).join('\n') }),
    message: `The request ${part} is invalid.`,
  });

/** The result of a guard, in the shape of zod's `safeParse` with the issues at the top level. */
export type GuardResult =
  /** The body without the fields that the guard silently drops; known fields come first, in the guard's order. */
  | { success: true; data: unknown }
  /** Empty when the body is nested too deep for the guard. */
  | { success: false; issues: readonly ZodIssue[] };

export type BodyGuard = (body: unknown) => GuardResult;

/** The guards that validate a tenant's request bodies, for its release. */
export interface BodyGuards {
  customizers: Readonly<Record<TokenType, BodyGuard>>;
  /** Validates `POST /test`. */
  testRequest: BodyGuard;
}

/** Validates a body with the guard. */
export const validate = (guard: BodyGuard, body: unknown): GuardResult => guard(body);

/** The 400 for a body that a guard refuses, with issues or because it is nested too deep. */
export const refuseIssues = (issues: readonly ZodIssue[]): TenantResponse => invalidInput('body', issues);

/**
 * The token type in a path, or the 400 for an unknown one (recording "refused: unknown token type").
 */
export const readTokenType = (
  tokenTypePath: string,
): { tokenType: TokenType } | { refusal: TenantResponse } => {
  const { success, data, error } = params.safeParse({ tokenTypePath });
  return success
    ? { tokenType: data.tokenTypePath }
    : { refusal: invalidInput('params', error.issues as ZodIssue[]) };
};
