import type { TokenType } from '../../generated/types.d.ts';
import type { ApiRequest, ReadResponse } from '../client/call/attempt.ts';
import { createEngine, createRequests } from '../client/call/engine.ts';
import { bearer, createTransport, singleAttempt } from '../client/call/transport.ts';
import { isRecord } from '../client/json.ts';
import { retryAfterOf } from '../client/refusal.ts';

/** Reads and writes a tenant's customizers as text, so that nothing is lost on the way. */
export type CustomizerTexts = ReturnType<typeof customizerTexts>;

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

  constructor(message: string, { status, response }: ReadResponse, isPage: boolean) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfterOf(response.headers);
    this.isPage = isPage;
  }
}

/** Whether it is the JSON of an object that has this text, as a customizer has its `script`. */
export const hasText = (json: unknown, field: string): boolean => {
  try {
    const value: unknown = JSON.parse(json as string);
    return typeof json === 'string' && isRecord(value) && typeof value[field] === 'string';
  } catch {
    return false;
  }
};

/**
 * Whether something in front of the tenant may have responded, with a page or JSON of its own, whatever the status: it
 * is no customizer, and no refusal with Logto's `code`.
 */
const isPage = ({ status, text }: ReadResponse): boolean =>
  status !== 204 && !hasText(text, status < 300 ? 'script' : 'code');

/** Each function throws a `ResponseError` when the tenant responds otherwise than it should. */
export const customizerTexts = (endpoint: string, tokens: SessionTokens) => {
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
    let response = await send(request, sent);
    if (response.status === 401) {
      // It may have been revoked since, which a new one is not.
      tokens.forgetToken();
      response = await send(request, sent);
    }
    const { status } = response;
    const said = `${request.method} ${request.path} answered ${status}`;
    // To a body that is too large Logto itself responds without JSON.
    if (!good.includes(status))
      throw new ResponseError(said, response, sent === undefined && isPage(response));
    if (isPage(response))
      throw new ResponseError(
        `${said} with what is not Logto's: ${endpoint} does not seem to be a Logto tenant, or a proxy responds in its place`,
        response,
        true,
      );
    return response;
  };
  return {
    /** Milliseconds that each request took, in their order. */
    took: took as readonly number[],
    /** The text of GET's response; `null` when there is no customizer. */
    read: async (tokenType: TokenType): Promise<string | null> => {
      const { status, text } = await call(requests.get(tokenType), [200, 404]);
      return status === 404 ? null : text;
    },
    /** Puts it back; `null` deletes. */
    write: async (tokenType: TokenType, text: string | null): Promise<void> => {
      if (text === null) await call(requests.delete(tokenType), [204, 404]);
      else await call(requests.store('put', tokenType), [200, 201], text);
    },
  };
};
