import type { TokenType } from '../../../generated/types.d.ts';
import { type ApiRequest, createEngine, createRequests } from '../../client/call/engine.ts';
import { bearer, createTransport, type ReadResponse, singleAttempt } from '../../client/call/transport.ts';
import { retryAfterOf } from '../../client/refusal.ts';

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

  constructor(message: string, { status, response }: ReadResponse) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfterOf(response.headers);
  }
}

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
    const { status, contentType, text } = response;
    if (!good.includes(status)) throw new ResponseError(`${method} ${path} answered ${status}`, response);
    const isMissing = status === 404;
    if (isMissing && !contentType?.includes('json'))
      throw new ResponseError(
        `${method} ${path} answered 404 without JSON: ${endpoint} does not seem to be a Logto tenant`,
        response,
      );
    return { isMissing, text };
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
