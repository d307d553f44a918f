import type { TokenType } from '../../generated/types.d.ts';
import type { ApiRequest, ReadResponse } from '../client/call/attempt.ts';
import { createEngine, createRequests } from '../client/call/engine.ts';
import { bearer, createTransport, singleAttempt } from '../client/call/transport.ts';
import { isRecord } from '../client/json.ts';
import { retryAfterOf } from '../client/refusal.ts';

/** Reads and writes a tenant's customizers as text, so that nothing is lost on the way. */
export interface CustomizerTexts {
  /** The text that GET answers; `null` when there is no customizer. */
  read(tokenType: TokenType): Promise<string | null>;
  /** Puts it back; `null` deletes. */
  write(tokenType: TokenType, text: string | null): Promise<void>;
  /** Milliseconds that each request took, in their order. */
  readonly took: readonly number[];
}

export const tokenTypes: readonly TokenType[] = ['access-token', 'client-credentials'];

/** Where the access tokens of a session come from. */
export interface SessionTokens {
  /** An access token, which may be cached. */
  getToken(): Promise<string>;
  /** The tenant refuses the cached token: the next one is new. */
  forgetToken(): void;
}

/** A response that is no good. The message holds no body. */
export class ResponseError extends Error {
  override readonly name = 'ResponseError';
  readonly status: number;
  /** Milliseconds that the tenant asked to wait. */
  readonly retryAfter: number | undefined;
  /** Not Logto's own: a proxy's page, which says nothing of what is stored. */
  readonly isPage: boolean;

  constructor(message: string, { status, response }: ReadResponse, isPage = false) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfterOf(response.headers);
    this.isPage = isPage;
  }
}

/** Whether it is JSON of an object that has this text. */
const hasText = (json: string, field: string): boolean => {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) && typeof value[field] === 'string';
  } catch {
    return false;
  }
};

/**
 * Whether somebody in front of the tenant may have responded, with a page or JSON of their own, whatever the status: it is
 * no customizer, and no refusal with Logto's `code`.
 */
const isPage = ({ status, text }: ReadResponse): boolean =>
  status !== 204 && !hasText(text, status < 300 ? 'script' : 'code');

/** @throws {ResponseError} when the tenant answers otherwise than it should. */
export const customizerTexts = (endpoint: string, tokens: SessionTokens): CustomizerTexts => {
  const requests = createRequests(createEngine(endpoint, createTransport()));
  const took: number[] = [];
  const send = async (request: ApiRequest, sent: string | undefined) => {
    const attempt = singleAttempt(request, bearer(await tokens.getToken()));
    const started = performance.now();
    // The text alone counts, which is not parsed: an error would quote it.
    const response = await request.send(attempt, sent === undefined ? sent : { text: sent, value: sent });
    took.push(performance.now() - started);
    return response;
  };
  const call = async (request: ApiRequest, good: number[], sent?: string) => {
    const { method, path } = request;
    let response = await send(request, sent);
    if (response.status === 401) {
      // It may have been revoked since, which a new one is not.
      tokens.forgetToken();
      response = await send(request, sent);
    }
    const { status, text } = response;
    // To a body that is too large Logto itself responds without JSON.
    if (!good.includes(status))
      throw new ResponseError(
        `${method} ${path} answered ${status}`,
        response,
        sent === undefined && isPage(response),
      );
    if (isPage(response))
      throw new ResponseError(
        `${method} ${path} answered ${status} with what is not Logto's: ${endpoint} does not seem to be a Logto tenant, or a proxy responds in its place`,
        response,
        true,
      );
    return { isMissing: status === 404, text };
  };
  return {
    took,
    read: async (tokenType) => {
      const { isMissing, text } = await call(requests.get(tokenType), [200, 404]);
      return isMissing ? null : text;
    },
    write: async (tokenType, text) => {
      if (text === null) await call(requests.delete(tokenType), [204, 404]);
      else await call(requests.store('put', tokenType), [200, 201], text);
    },
  };
};
