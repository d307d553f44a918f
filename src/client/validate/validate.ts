/** What is loaded when it is first used: validation against the document, and writes, which rest on it. */
import type { TokenType } from '../../../generated/types.d.ts';
/*
 * The closed validators: an unknown property is an issue wherever the document lists the properties. That is what a
 * tenant would refuse or drop in a request, and what is newer than the document in a response.
 */
import * as closed from '../../../generated/validators/closed.js';
import type { Validate, ValidationIssue } from '../../../generated/validators/issue.d.ts';
import type { ReadResponse, RequestBody, ResponseKind, ValidBody } from '../call/attempt.ts';
import type { Target } from '../call/budget.ts';
import { isTokenType, tokenTypes } from '../call/engine.ts';
import { InvalidRequestError, InvalidResponseError } from '../errors.ts';
import { isRecord, maxBytes, pointerTo, type Written } from '../json.ts';
import { joinSome, shown } from '../shown.ts';
import { maxIssues } from './differences.ts';

export { executeWrite } from '../call/write.ts';
export { shown };

const testRequestValidators: Record<TokenType, Validate> = {
  'access-token': closed.validateAccessTokenJwtCustomizerTestRequest,
  'client-credentials': closed.validateClientCredentialsJwtCustomizerTestRequest,
};

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
  pointer: string,
  keyword: string,
  expected: string,
  found: string,
  subject = pointer || 'the body',
): ValidationIssue => ({
  pointer,
  keyword,
  expected,
  found,
  message: `${subject}: expected ${expected}, found ${found}`,
});

const tokenTypeIssue = (value: unknown, pointer: string, subject?: string): ValidationIssue => {
  const names = tokenTypes.map((tokenType) => JSON.stringify(tokenType)).join(', ');
  const found = typeof value === 'string' && value.length <= 60 ? JSON.stringify(value) : typeof value;
  return issueOf(pointer, 'enum', `one of ${names}`, found, subject);
};

/** As a part of a URL, `..` would lead to the parent and `''` to the list. */
export const unknownTokenType = (operation: string, value: unknown): InvalidRequestError =>
  refuse(operation, [tokenTypeIssue(value, '', 'the token type')]);

/**
 * Inside a sample, a tenant drops what it does not know (recording "silently dropped: unknown contextSample field");
 * everywhere else it refuses it (recording "refused: unknown tokenSample field").
 */
const isDropped = ({ keyword, pointer }: ValidationIssue): boolean =>
  keyword === 'additionalProperties' && /^\/context(Sample)?\//.test(pointer);

/**
 * Of the keys `__proto__`: from 1.42 on a tenant refuses a body with one at any depth (recorded: more-exchanges.jsonl).
 * In a loop: a body can be nested deeper than the stack.
 */
const prototypeIssues = ({ text, value: body }: RequestBody): ValidationIssue[] => {
  const found: ValidationIssue[] = [];
  const left: [pointer: string, value: unknown][] = text.includes('__proto__') ? [['', body]] : [];
  for (let next = left.pop(); next !== undefined && found.length < maxIssues; next = left.pop()) {
    const [pointer, value] = next;
    if (Object(value) !== value) continue;
    for (const [key, item] of Object.entries(value as object).reverse()) {
      const at = pointerTo(pointer, key);
      if (key !== '__proto__') left.push([at, item]);
      else found.push(issueOf(at, 'propertyNames', 'no property of this name', 'one, which tenants refuse'));
    }
  }
  return found;
};

/** JSON leaves some out: the variable would not be stored, and nothing would say so. */
const unsetIssues = ({ variables = {} }: Written, { value }: RequestBody): ValidationIssue[] => {
  const { environmentVariables: kept } = Object(value) as { environmentVariables?: unknown };
  return Object.entries(variables)
    .filter(([name]) => !Object.hasOwn(Object(kept) as object, name))
    .slice(0, maxIssues)
    .map(([name, given]) => {
      const pointer = pointerTo('/environmentVariables', name);
      const isUnset = ['undefined', 'function', 'symbol'].includes(typeof given);
      const found = isUnset
        ? `${typeof given}; set it, or leave the variable out`
        : 'one that JSON leaves out; give a plain object with properties of its own';
      return issueOf(pointer, 'type', 'string', found);
    });
};

export const customizerIssues: Readonly<Record<TokenType, Validate>> = {
  'access-token': closed.validateAccessTokenJwtCustomizer,
  'client-credentials': closed.validateClientCredentialsJwtCustomizer,
};

const responseValidators: Record<ResponseKind, Validate> = {
  ...customizerIssues,
  list: closed.validateJwtCustomizerConfigs,
  claims: closed.validateClaims,
};

export const testRequestIssues: Validate = (value) => {
  const tokenType = isRecord(value) ? value['tokenType'] : undefined;
  return isTokenType(tokenType)
    ? testRequestValidators[tokenType](value)
    : [tokenTypeIssue(tokenType, '/tokenType')];
};

const notJson = (operation: string, cause: unknown, found: string, subject?: string): InvalidRequestError =>
  refuse(operation, [issueOf('', 'type', 'what JSON can hold', found, subject)], cause);

/** @throws InvalidRequestError when JSON cannot hold the body, or it is too long */
const readBody = (operation: string, { text, cause }: Written): RequestBody => {
  if (text === undefined) throw notJson(operation, cause, 'a cycle, BigInt, function or nothing');
  // No character takes more than three bytes for each UTF-16 code unit, so most texts need not be counted.
  const bytes = text.length * 3 <= maxBytes ? 0 : new TextEncoder().encode(text).byteLength;
  if (bytes > maxBytes) {
    throw refuse(operation, [issueOf('', 'maxBytes', `at most ${maxBytes} bytes of JSON`, `${bytes}`)]);
  }
  return { text, value: JSON.parse(text) as unknown };
};

const pointersOf = (issues: readonly ValidationIssue[]): string[] => [
  ...new Set(issues.map(({ pointer }) => pointer)),
];

/**
 * @param find - `undefined`: only a key `__proto__` and an environment variable without a value are refused
 * @throws InvalidRequestError for what a tenant refuses
 */
export const validateRequest = (operation: string, given: Written, find: Validate | undefined): ValidBody => {
  const body = readBody(operation, given);
  const issues = find?.(body.value) ?? [];
  const refused = issues.filter((issue) => !isDropped(issue));
  const known = pointersOf(refused);
  const further = [...prototypeIssues(body), ...unsetIssues(given, body)];
  refused.push(...further.filter(({ pointer }) => !known.includes(pointer)));
  if (refused.length > 0) throw refuse(operation, refused);
  return { ...body, isValid: find !== undefined && issues.length === 0, dropped: issues };
};

/** What a tenant would drop of a customizer, JSON Pointers, whatever else is wrong with it. */
export const findDropped = (operation: string, given: Written, tokenType: TokenType): string[] => {
  const body = readBody(operation, given);
  const refused = prototypeIssues(body).map(({ pointer }) => pointer);
  return pointersOf(customizerIssues[tokenType](body.value).filter(isDropped)).filter(
    (pointer) => !refused.includes(pointer),
  );
};

export const readIfUnchanged = (
  operation: string,
  { text, cause }: Written,
): Record<string, unknown> | null => {
  if (text !== undefined) return JSON.parse(text) as Record<string, unknown> | null;
  throw notJson(operation, cause, 'a cycle, BigInt or function', 'the option `ifUnchanged`');
};

/**
 * @param isStrict - a field that the document does not know is wrong, too
 * @returns JSON Pointers of the fields that the document does not know
 */
export const validateResponse = (
  { method, path }: Target,
  kind: ResponseKind,
  { status, requestId, body, secrets }: ReadResponse,
  isStrict: boolean,
): string[] => {
  const found = responseValidators[kind](body);
  const wrong = isStrict ? found : found.filter(({ keyword }) => keyword !== 'additionalProperties');
  if (wrong.length === 0) return found.map(({ pointer }) => pointer);
  const issues = wrong.map((issue) => ({
    ...issue,
    pointer: shown(issue.pointer, secrets),
    found: shown(issue.found, secrets),
    message: shown(issue.message, secrets),
  }));
  throw new InvalidResponseError(
    `${method} ${path} was answered ${status} with what this version of the client does not know: ` +
      `${joinSome(issues.map(({ message }) => message))}. \`validate: { response: false }\` takes it as it is.`,
    { method, path, status, requestId: requestId && shown(requestId, secrets), issues },
  );
};
