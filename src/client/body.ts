import type { TokenType } from '../../generated/types.d.ts';
import type { Validate, ValidationIssue } from '../../generated/validators/issue.d.ts';
import {
  validateAccessTokenJwtCustomizer,
  validateAccessTokenJwtCustomizerTestRequest,
  validateClientCredentialsJwtCustomizer,
  validateClientCredentialsJwtCustomizerTestRequest,
} from '../../generated/validators/request.js';
import { InvalidRequestError } from './errors/invalid-request.ts';
import { isRecord } from './is-record.ts';
import { isTokenType, unknownTokenType } from './token-type.ts';

/** Recordings "large: a body of exactly 1 MiB" and "large: a body of 1 MiB and one byte". */
export const maxBytes = 1_048_576;

const validateCustomizer: Record<TokenType, Validate> = {
  'access-token': validateAccessTokenJwtCustomizer,
  'client-credentials': validateClientCredentialsJwtCustomizer,
};

const validateTestRequest: Record<TokenType, Validate> = {
  'access-token': validateAccessTokenJwtCustomizerTestRequest,
  'client-credentials': validateClientCredentialsJwtCustomizerTestRequest,
};

/** A checked body, as it is sent. */
export interface RequestBody {
  readonly text: string;
  /** Of the text in UTF-8. */
  readonly bytes: number;
  /** The values of its environment variables. */
  readonly secrets: readonly string[];
}

const notJson = (value: unknown): ValidationIssue => {
  const [expected, found] = ['what JSON can hold (no cycle, BigInt, function)', typeof value];
  return {
    pointer: '',
    keyword: 'type',
    expected,
    found,
    message: `the body: expected ${expected}, found ${found}`,
  };
};

const tooLarge = (bytes: number): ValidationIssue => {
  const [expected, found] = [`at most ${maxBytes} bytes of JSON`, `${bytes}`];
  return {
    pointer: '',
    keyword: 'maxBytes',
    expected,
    found,
    message: `the body: expected ${expected}, found ${found}`,
  };
};

const write = (operation: string, value: unknown): string => {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new InvalidRequestError(operation, [notJson(value)], { cause });
  }
  if (text === undefined) throw new InvalidRequestError(operation, [notJson(value)]);
  return text;
};

const valuesOf = (sent: unknown): string[] => {
  const variables = isRecord(sent) ? sent['environmentVariables'] : undefined;
  return isRecord(variables) ? Object.values(variables).filter((value) => typeof value === 'string') : [];
};

/** Judges what a tenant will read, which is not always what was given: `undefined` is gone, a Date is text, NaN null. */
const prepare = (operation: string, value: unknown, validate: Validate): RequestBody => {
  const text = write(operation, value);
  const bytes = new TextEncoder().encode(text).byteLength;
  if (bytes > maxBytes) throw new InvalidRequestError(operation, [tooLarge(bytes)]);
  const sent: unknown = JSON.parse(text);
  const issues = validate(sent);
  if (issues.length > 0) throw new InvalidRequestError(operation, issues);
  return { text, bytes, secrets: valuesOf(sent) };
};

/** @throws InvalidRequestError */
export const customizerBody = (operation: string, tokenType: TokenType, customizer: unknown): RequestBody =>
  prepare(operation, customizer, validateCustomizer[tokenType]);

/** @throws InvalidRequestError */
export const testRequestBody = (operation: string, request: unknown): RequestBody =>
  prepare(operation, request, (sent) => {
    const tokenType = isRecord(sent) ? sent['tokenType'] : undefined;
    return isTokenType(tokenType)
      ? validateTestRequest[tokenType](sent)
      : [unknownTokenType(tokenType, '/tokenType')];
  });
