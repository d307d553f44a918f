import type { TokenType } from '../../../generated/types.d.ts';
import type { ValidationIssue } from '../../../generated/validators/issue.d.ts';
import type { Budget, Target } from './budget.ts';

export interface Attempt extends Target {
  readonly budget: Budget;
  /** The option that says how long it may take. */
  readonly limit: 'attemptTimeout' | 'token.timeout';
  /** The option that says where it goes. @default 'endpoint' */
  readonly endpointOption?: 'endpoint' | 'tokenEndpoint' | undefined;
  /** Headers of this attempt alone, such as its access token. */
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
  /** As `fetch` gave it; its body is used. */
  readonly response: Response;
  /** What must not appear in an event or an error, wherever the response repeats it. */
  readonly secrets: readonly string[];
}

export type Transport = (url: string, init: RequestInit, attempt: Attempt) => Promise<ReadResponse>;

/** The text is sent as it is; `value` is what JSON makes of it. */
export interface RequestBody {
  readonly text: string;
  readonly value: unknown;
}

export interface ApiRequest extends Target {
  send(attempt: Attempt, body?: RequestBody): Promise<ReadResponse>;
}

/** Sends a request once: a token, a response, and an error unless the status is 2xx or `isExpected` takes it all the same. */
export type Send = (
  request: ApiRequest,
  budget: Budget,
  body?: RequestBody,
  isExpected?: (response: ReadResponse) => boolean,
) => Promise<ReadResponse>;

export type ResponseKind = TokenType | 'list' | 'claims';

/** A body that may be sent. */
export interface ValidBody extends RequestBody {
  /** What the tenant reads, which is not always what was given: `undefined` is gone, a Date is text, NaN null. */
  readonly value: unknown;
  /** It was validated, and the document knows all of it. */
  readonly isValid: boolean;
  /** What the tenant will silently drop. */
  readonly dropped: readonly ValidationIssue[];
}
