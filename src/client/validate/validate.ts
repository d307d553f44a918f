/** Loaded on first use: validation against the document, and writes, which depend on it. */
import type { TokenType } from '../../../generated/types.d.ts';
/*
 * The closed validators report an unknown property wherever the document lists the properties: in a request, a tenant
 * would refuse or drop it; in a response, it is newer than the document.
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

/** In a URL, `..` would lead to the parent and `''` to the list. */
export const unknownTokenType = (operation: string, value: unknown): InvalidRequestError =>
  refuse(operation, [tokenTypeIssue(value, '', 'the token type')]);

/**
 * A tenant drops unknown fields inside a sample (recording "silently dropped: unknown contextSample field") and refuses
 * them everywhere else (recording "refused: unknown tokenSample field").
 */
const isDropped = ({ keyword, pointer }: ValidationIssue): boolean =>
  keyword === 'additionalProperties' && /^\/context(Sample)?\//.test(pointer);

/**
 * Finds the keys `__proto__`: from 1.42 on, a tenant refuses them at any depth (recorded: more-exchanges.jsonl). A loop,
 * since a body can be nested deeper than the stack.
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

/** Finds variables that JSON omits: they would silently not be stored. */
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
        : 'one that JSON omits; pass a plain object with its own properties';
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
  refuse(operation, [issueOf('', 'type', 'a value that JSON can represent', found, subject)], cause);

/** @throws InvalidRequestError if JSON cannot represent the body, or it is too long */
const readBody = (operation: string, { text, cause }: Written): RequestBody => {
  if (text === undefined) throw notJson(operation, cause, 'a cycle, BigInt, function or nothing');
  // A UTF-16 code unit takes at most three bytes, so most bodies need not be encoded.
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
 * @param find - `undefined`: refuses only keys `__proto__` and environment variables without a value
 * @throws InvalidRequestError for anything that a tenant refuses
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

/** JSON Pointers of the fields that a tenant would drop from a customizer, even if it is otherwise invalid. */
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
 * @param isStrict - fields that the document does not have are issues, too
 * @returns JSON Pointers of the fields that the document does not have
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
    `${method} ${path} returned ${status} with a body that does not match the OpenAPI document: ` +
      `${joinSome(issues.map(({ message }) => message))}. \`validate: { response: false }\` skips this check.`,
    { method, path, status, requestId: requestId && shown(requestId, secrets), issues },
  );
};
