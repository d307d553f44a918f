import type { TokenType } from '../../../generated/types.d.ts';
import type { ValidationIssue } from '../../../generated/validators/issue.d.ts';
import type { Budget, Target } from './budget.ts';

export interface Attempt extends Target {
  readonly budget: Budget;
  /** The option that limits its time. */
  readonly limit: 'attemptTimeout' | 'token.timeout';
  /** The option that contains its URL. @default 'endpoint' */
  readonly endpointOption?: 'endpoint' | 'tokenEndpoint' | undefined;
  /** Headers of this attempt only, such as its access token. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What must not appear in an event or an error. */
  readonly secrets: readonly string[];
}

export interface ReadResponse extends Pick<Response, 'status' | 'ok'> {
  readonly text: string;
  /** The object or array of a JSON body; undefined for any other body. */
  readonly body: unknown;
  readonly contentType: string | undefined;
  readonly requestId: string | undefined;
  /** As `fetch` returned it; its body has been read. */
  readonly response: Response;
  /** What must not appear in an event or an error, even if the response repeats it. */
  readonly secrets: readonly string[];
}

export type Transport = (url: string, init: RequestInit, attempt: Attempt) => Promise<ReadResponse>;

/** `text` is sent as it is; `value` is its parsed JSON. */
export interface RequestBody {
  readonly text: string;
  readonly value: unknown;
}

export interface ApiRequest extends Target {
  send(attempt: Attempt, body?: RequestBody): Promise<ReadResponse>;
}

/** Sends a request once, with a token. Throws unless the status is 2xx or `isExpected` accepts the response. */
export type Send = (
  request: ApiRequest,
  budget: Budget,
  body?: RequestBody,
  isExpected?: (response: ReadResponse) => boolean,
) => Promise<ReadResponse>;

export type ResponseKind = TokenType | 'list' | 'claims';

/** A body that may be sent. */
export interface ValidBody extends RequestBody {
  /** What the tenant receives, not always what was given: JSON omits `undefined` and writes a Date as a string, NaN as null. */
  readonly value: unknown;
  /** It was validated, and the document has all of its fields. */
  readonly isValid: boolean;
  /** What the tenant will silently drop. */
  readonly dropped: readonly ValidationIssue[];
}
