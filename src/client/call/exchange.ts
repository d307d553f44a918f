import { LogtoJwtCustomizerError } from '../errors/base.ts';
import { NetworkError } from '../errors/network.ts';
import type { Emit } from '../events.ts';
import { loadTell } from '../load.ts';
import { type Budget, type Target, within } from './budget.ts';
import { readBody } from './read-body.ts';
import { retryAfterOf } from './retry-after.ts';
import { unexpected } from './unexpected.ts';

/** What sends a request: `fetch`, or something that is called and answers like it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What all requests of a client have in common. */
export interface Connection {
  readonly endpoint: string;
  readonly fetch: Fetch;
  readonly headers: Readonly<Record<string, string>>;
  readonly emit: Emit | undefined;
  /** Takes nothing out when events are not redacted. */
  readonly redactEvents: boolean;
}

export interface Request extends Target {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** What must not appear in an event. */
  readonly secrets: readonly string[];
}

export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
  /** The object or array of a JSON body; undefined for any other body. */
  readonly body: unknown;
  readonly contentType: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  /** Its body was read. */
  readonly response: Response;
}

const parse = (text: string, contentType = ''): unknown => {
  try {
    const value: unknown = contentType.includes('json') && JSON.parse(text);
    return Object(value) === value ? value : undefined;
  } catch {
    return undefined;
  }
};

/**
 * One request and its answer, whatever the status.
 *
 * @throws NetworkError, TimeoutError, AbortError, UnexpectedAnswerError (for a redirect and for a body that is too long)
 */
export const exchange = (
  connection: Connection,
  request: Request,
  budget: Budget,
  limit: 'attemptTimeout' | 'tokenTimeout',
): Promise<Answer> =>
  within(request, budget, limit, async (signal) => {
    const { method, path, body = null } = request;
    const tell = connection.emit && (await loadTell());
    tell?.tellRequest(connection, request);
    const since = performance.now();
    try {
      const response = await connection.fetch(connection.endpoint + path, {
        method,
        headers: { ...connection.headers, ...request.headers },
        body,
        // A redirect would carry a token or a client secret to where nobody meant it to go.
        redirect: 'manual',
        signal,
      });
      const { status, ok, headers } = response;
      const contentType = headers.get('Content-Type') ?? undefined;
      const requestId = headers.get('Logto-Core-Request-Id') ?? undefined;
      const head = { status, ok, contentType, requestId, retryAfter: retryAfterOf(headers), response };
      const text = await readBody(response, budget.policy.maxResponseBytes);
      if (text === undefined) {
        throw unexpected(request, head, 'more than `maxResponseBytes`');
      }
      const answer: Answer = Object.assign(head, { text, body: parse(text, contentType) });
      tell?.tellAnswer(connection, request, answer, performance.now() - since);
      if (status < 400 && !ok) {
        throw unexpected(
          request,
          answer,
          'a redirect; the option `endpoint` must be the URL that it leads to',
        );
      }
      return answer;
    } catch (cause) {
      throw cause instanceof LogtoJwtCustomizerError ? cause : NetworkError.from(method, path, cause);
    }
  });
