import { isDeepStrictEqual } from 'node:util';
import type { TokenType } from '../../generated/types.d.ts';
import { exampleOf, isOf, type Operation, successOf } from './operation.ts';

/** What to answer: a status, and an example of the document or a body in place of one. */
export interface Decision {
  status: number;
  /** The example's key. */
  example?: string;
  /** Wins over `example`. */
  body?: unknown;
}

/** A request that nothing is wrong with. */
export interface AcceptedRequest {
  operation: Operation;
  tokenType: TokenType | undefined;
  body: unknown;
}

const otherThan = (tokenType: TokenType | undefined): TokenType =>
  tokenType === 'access-token' ? 'client-credentials' : 'access-token';

/** `{"script": ""}` is legal in both variants: an example of the other token type is no pair. */
const pairOf = ({ operation, tokenType, body }: AcceptedRequest): Decision | undefined => {
  for (const { key, value } of operation.requestExamples) {
    if (isOf(otherThan(tokenType), key) || !isDeepStrictEqual(value, body)) continue;
    const content = operation.contents.find(({ examples }) =>
      examples.some((example) => example.key === key),
    );
    if (content !== undefined) return { status: content.status, example: key };
  }
  return undefined;
};

/**
 * Which status, and which example, an accepted request is answered with. Without state: a body that is an example
 * of the document gets the response example of the same key; any other the first one of its token type.
 */
export const decide = (request: AcceptedRequest): Decision => {
  const pair = pairOf(request);
  if (pair !== undefined) return pair;
  const status = successOf(request.operation);
  const example = exampleOf(request.operation, status, request.tokenType);
  return example === undefined ? { status } : { status, example };
};
