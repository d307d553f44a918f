import type { TokenType } from '../../generated/types.d.ts';

/** An example of the document: `key` names it, and pairs the example of a request with that of a response. */
export interface Example {
  key: string;
  value: unknown;
}

/** What a status of an operation answers in one media type. */
export interface Content {
  status: number;
  mediaType: string;
  examples: Example[];
}

/** An operation of the document, as far as the choice of an answer needs it. */
export interface Operation {
  /** In lower case. */
  method: string;
  /** With its parameters in braces. */
  path: string;
  /** In ascending order. */
  statuses: number[];
  contents: Content[];
}

/** Whether an example is of this token type: `access-token-minimal`, `test-access-token-claims`. */
export const isOf = (tokenType: TokenType, key: string): boolean => `-${key}-`.includes(`-${tokenType}-`);

/** The first status of success: what a request gets that nothing else decides. */
export const successOf = (operation: Operation): number =>
  operation.statuses.find((status) => status >= 200 && status < 300) ?? 200;

/** The media types of a status; of several only the one that `accept` names. No status has two that are both JSON. */
const contentsOf = (operation: Operation, status: number, accept: string): Content[] => {
  const contents = operation.contents.filter((content) => content.status === status);
  const named = contents.filter(({ mediaType }) => accept.includes(mediaType));
  return named.length === 1 ? named : contents;
};

/**
 * The example that a status answers when nobody names one: of the token type where there is one, and of the
 * method where one is named after it (`delete-missing`).
 *
 * @param accept - the header. Only a status with several media types heeds it, and what fits none is ignored.
 */
export const exampleOf = (
  operation: Operation,
  status: number,
  tokenType: TokenType | undefined,
  accept = '',
): string | undefined => {
  const keys = contentsOf(operation, status, accept).flatMap(({ examples }) =>
    examples.map(({ key }) => key),
  );
  return (
    keys.find((key) => key.startsWith(`${operation.method}-`)) ??
    keys.find((key) => tokenType !== undefined && isOf(tokenType, key)) ??
    keys[0]
  );
};

/** The media type in which a status has an example. */
export const mediaTypeOf = (operation: Operation, status: number, example: string): string | undefined =>
  operation.contents.find(
    (content) => content.status === status && content.examples.some(({ key }) => key === example),
  )?.mediaType;
