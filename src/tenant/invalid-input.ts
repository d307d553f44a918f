import { wrongEnumValue, type ZodIssue } from './zod-issue.ts';

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
