import type { TokenType } from '../../generated/types.d.ts';
import type { ApiRequest, ReadResponse } from '../client/call/attempt.ts';
import { createEngine, createRequests } from '../client/call/engine.ts';
import { bearer, createTransport, singleAttempt } from '../client/call/transport.ts';
import { isRecord } from '../client/json.ts';
import { retryAfterOf } from '../client/refusal.ts';

/** Reads and writes a tenant's customizers as text, so that nothing is lost. */
export type CustomizerTexts = ReturnType<typeof customizerTexts>;

/** Where the access tokens of a session come from. */
export interface SessionTokens {
  /** Returns an access token, which may be cached. */
  getToken(): Promise<string>;
  /** Drops the cached token, which the tenant refuses, so that the next one is new. */
  forgetToken(): void;
}

/** An unexpected response. The message does not contain the body. */
export class ResponseError extends Error {
  override readonly name = 'ResponseError';
  readonly status: number;
  /** The milliseconds that the tenant asked to wait. */
  readonly retryAfter: number | undefined;
  /** Whether it is not Logto's own but, for example, a proxy's page, which shows nothing about the stored customizers. */
  readonly isPage: boolean;

  constructor(message: string, { status, response }: ReadResponse, isPage: boolean) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfterOf(response.headers);
    this.isPage = isPage;
  }
}

/** Whether a value is the JSON of an object with a string in this field, as a customizer has its `script`. */
export const hasText = (json: unknown, field: string): boolean => {
  try {
    const value: unknown = JSON.parse(json as string);
    return typeof json === 'string' && isRecord(value) && typeof value[field] === 'string';
  } catch {
    return false;
  }
};

/**
 * Whether something in front of the tenant may have responded: whatever the status, the body is neither a customizer nor
 * a refusal with Logto's `code`.
 */
const isPage = ({ status, text }: ReadResponse): boolean =>
  status !== 204 && !hasText(text, status < 300 ? 'script' : 'code');

/** Each function throws a `ResponseError` if the tenant's response is not an expected one. */
export const customizerTexts = (endpoint: string, tokens: SessionTokens) => {
  const requests = createRequests(createEngine(endpoint, createTransport()));
  const took: number[] = [];
  const send = async (request: ApiRequest, sent: string | undefined) => {
    const attempt = singleAttempt(request, bearer(await tokens.getToken()));
    const started = performance.now();
    // Only the text is used; it is not parsed, since an error would quote it.
    const response = await request.send(attempt, sent === undefined ? sent : { text: sent, value: sent });
    took.push(performance.now() - started);
    return response;
  };
  const call = async (request: ApiRequest, good: number[], sent?: string) => {
    let response = await send(request, sent);
    if (response.status === 401) {
      // A cached token may have been revoked; a new one is not.
      tokens.forgetToken();
      response = await send(request, sent);
    }
    const { status } = response;
    const said = `${request.method} ${request.path} returned ${status}`;
    // Logto itself responds without JSON to a body that is too large.
    if (!good.includes(status))
      throw new ResponseError(said, response, sent === undefined && isPage(response));
    if (isPage(response))
      throw new ResponseError(
        `${said}, but not with Logto's JSON: ${endpoint} does not seem to be a Logto tenant, or a proxy responds in its place`,
        response,
        true,
      );
    return response;
  };
  return {
    /** The duration of each request in milliseconds, in order. */
    took: took as readonly number[],
    /** Returns the text of GET's response; `null` if there is no customizer. */
    read: async (tokenType: TokenType): Promise<string | null> => {
      const { status, text } = await call(requests.get(tokenType), [200, 404]);
      return status === 404 ? null : text;
    },
    /** Stores a customizer; `null` deletes it. */
    write: async (tokenType: TokenType, text: string | null): Promise<void> => {
      if (text === null) await call(requests.delete(tokenType), [204, 404]);
      else await call(requests.store('put', tokenType), [200, 201], text);
    },
  };
};
