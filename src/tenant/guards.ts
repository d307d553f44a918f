import { json, type TenantResponse } from './message.ts';
import { type TokenType, tokenTypes } from './state.ts';
import { wrongEnumValue, type ZodIssue } from './zod-issues.ts';

/** The body of a 400 that a tenant's guard answers. */
export interface InvalidInputError {
  code: 'guard.invalid_input';
  message: string;
  /** The issues in sentences, one a line. */
  details: string;
  data: { name: 'ZodError'; issues: ZodIssue[] };
}

const sentence = ({ code, path, message, ...detail }: ZodIssue): string => {
  const what =
    code === 'invalid_type'
      ? `Expected ${String(detail['expected'])} but received ${String(detail['received'])}.`
      : message;
  return `Error in key path "${path.join('.')}": (${code}) ${what}`;
};

const messageOf = (part: 'body' | 'params'): string => `The request ${part} is invalid.`;

/** The body of a 400 when the guard gave up (recorded: "PUT with customData 2,000 deep", more-exchanges.jsonl). */
export const unreadInput = (part: 'body' | 'params'): object => ({
  code: 'guard.invalid_input',
  data: {},
  message: messageOf(part),
});

/** The body of a 400 for issues that are in zod's words already, in a tenant's order. */
export const invalidInput = (part: 'body' | 'params', issues: ZodIssue[]): InvalidInputError => ({
  code: 'guard.invalid_input',
  data: { issues, name: 'ZodError' },
  details: issues.map(sentence).join('\n'),
  message: messageOf(part),
});

/**
 * What a tenant answers to a path whose token type does not exist.
 *
 * @param options - the token types that do
 * @param received - what the path has in place of one
 */
export const unknownTokenTypeError = (options: readonly string[], received: string): InvalidInputError =>
  invalidInput('params', [wrongEnumValue(options, received, ['tokenTypePath'])]);

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

/** Lets the guard validate a body. */
export const validate = (guard: BodyGuard, body: unknown): GuardResult => guard(body);

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
