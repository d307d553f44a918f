import type { TokenType } from '../../../generated/types.d.ts';
import type { ValidationIssue } from '../../../generated/validators/issue.d.ts';
import { InvalidRequestError } from '../errors/invalid-request.ts';
import { isRecord } from '../is-record.ts';
import { joinSome } from '../join-some.ts';
import { maxBytes } from '../max-bytes.ts';
import { pointerTo } from '../pointer.ts';
import { isTokenType, tokenTypes } from '../token-type.ts';
import type { Written } from '../written.ts';
import { customizerValidators, testRequestValidators } from './validators.ts';

/** A body that may be sent. */
export interface RequestBody {
  readonly text: string;
  /** What the tenant reads, which is not always what was given: `undefined` is gone, a Date is text, NaN null. */
  readonly value: unknown;
  /** JSON Pointers of what the tenant will drop in silence. */
  readonly dropped: readonly string[];
}

/** Finds what is wrong with a body. */
export type FindIssues = (value: unknown) => ValidationIssue[];

const refuse = (
  operation: string,
  issues: readonly ValidationIssue[],
  cause?: unknown,
): InvalidRequestError =>
  new InvalidRequestError(
    `\`${operation}\` was not sent: ${joinSome(issues.map(({ message }) => message))}.`,
    { issues, cause },
  );

const issueOf = (
  [pointer, subject]: readonly [pointer: string, subject: string],
  keyword: string,
  expected: string,
  found: string,
): ValidationIssue => ({
  pointer,
  keyword,
  expected,
  found,
  message: `${subject}: expected ${expected}, found ${found}`,
});

const theBody = ['', 'the body'] as const;

const tokenTypeIssue = (value: unknown, at: readonly [pointer: string, subject: string]): ValidationIssue =>
  issueOf(
    at,
    'enum',
    `one of ${tokenTypes.map((tokenType) => JSON.stringify(tokenType)).join(', ')}`,
    typeof value === 'string' && value.length <= 60 ? JSON.stringify(value) : typeof value,
  );

/** As a part of a URL, `..` would lead to the parent and `''` to the list. */
export const unknownTokenType = (operation: string, value: unknown): InvalidRequestError =>
  refuse(operation, [tokenTypeIssue(value, ['', 'the token type'])]);

/** No character takes more than three bytes for each UTF-16 code unit, so most texts need not be counted. */
const bytesOf = (text: string): number =>
  text.length * 3 <= maxBytes ? text.length : new TextEncoder().encode(text).byteLength;

/**
 * Inside a sample, a tenant drops what it does not know (recording "silently dropped: unknown contextSample field");
 * everywhere else it refuses it (recording "refused: unknown tokenSample field").
 */
const isDropped = ({ keyword, pointer }: ValidationIssue): boolean =>
  keyword === 'additionalProperties' && /^\/context(Sample)?\//.test(pointer);

/** Pointers of the keys `__proto__`, which the guards of a tenant lose wherever any key may stand (contracts/judge.test.ts). */
const lostKeys = (value: unknown, pointer = ''): string[] =>
  Object(value) === value
    ? Object.entries(value as object).flatMap(([key, item]) => {
        const at = pointerTo(pointer, key);
        return key === '__proto__' && !Array.isArray(value) ? [at] : lostKeys(item, at);
      })
    : [];

/** Finds what is wrong with a customizer of that type, as a tenant does that is to store it. */
export const customizerIssues = (tokenType: TokenType): FindIssues => customizerValidators[tokenType];

/** Finds what is wrong with a request to test a script. */
export const testRequestIssues: FindIssues = (value) => {
  const tokenType = isRecord(value) ? value['tokenType'] : undefined;
  return isTokenType(tokenType)
    ? testRequestValidators[tokenType](value)
    : [tokenTypeIssue(tokenType, ['/tokenType', '/tokenType'])];
};

/**
 * Reads a body back from JSON and judges it.
 *
 * @throws InvalidRequestError when JSON cannot hold it, it is too long, or `find` finds what a tenant refuses
 */
export const bodyOf = (operation: string, { text, cause }: Written, find: FindIssues): RequestBody => {
  if (text === undefined) {
    const issue = issueOf(theBody, 'type', 'what JSON can hold', 'a cycle, BigInt, function or nothing');
    throw refuse(operation, [issue], cause);
  }
  const bytes = bytesOf(text);
  if (bytes > maxBytes) {
    throw refuse(operation, [issueOf(theBody, 'maxBytes', `at most ${maxBytes} bytes of JSON`, `${bytes}`)]);
  }
  const value: unknown = JSON.parse(text);
  const issues = find(value);
  const refused = issues.filter((issue) => !isDropped(issue));
  if (refused.length > 0) throw refuse(operation, refused);
  const lost = text.includes('__proto__') ? lostKeys(value) : [];
  return { text, value, dropped: [...new Set([...issues.map(({ pointer }) => pointer), ...lost])] };
};

/** What a tenant would drop of a customizer, whatever else is wrong with it. */
export const onlyDropped =
  (find: FindIssues): FindIssues =>
  (value) =>
    find(value).filter(isDropped);
