import { NetworkError } from './errors/network.ts';
import { UnexpectedAnswerError } from './errors/unexpected-answer.ts';

export interface Call {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
  /** The path of the URL, without the endpoint. */
  readonly path: string;
}

/** What every request is made with: bodies are read as text, so that no answer makes openapi-fetch throw. */
export const requestInit = {
  parseAs: 'text',
  // A redirect would carry a token or a client secret to where nobody meant it to go.
  redirect: 'manual',
} as const;

/** What openapi-fetch answers, whatever the operation. */
export interface FetchResult {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  /** The object or array of a JSON body; undefined for any other body. */
  readonly body: unknown;
  readonly isEmpty: boolean;
  readonly contentType: string | undefined;
  readonly requestId: string | undefined;
}

const parse = (text: unknown): unknown => {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * One request and its answer, whatever the status.
 *
 * @throws NetworkError, UnexpectedAnswerError (for a redirect)
 */
export const exchange = async (call: Call, fetch: () => Promise<FetchResult>): Promise<Answer> => {
  const { data, error, response } = await fetch().catch((cause: unknown) => {
    throw new NetworkError(call.method, call.path, cause);
  });
  const text = response.ok ? data : error;
  const contentType = response.headers.get('Content-Type') ?? undefined;
  const body = contentType?.includes('json') ? parse(text) : undefined;
  const answer: Answer = {
    status: response.status,
    ok: response.ok,
    body: typeof body === 'object' && body !== null ? body : undefined,
    isEmpty: text === undefined || text === '',
    contentType,
    requestId: response.headers.get('Logto-Core-Request-Id') ?? undefined,
  };
  if (response.status < 400 && !response.ok) {
    throw unexpected(call, answer, 'a redirect; the option `endpoint` must be the URL that it leads to');
  }
  return answer;
};

export const unexpected = (
  { method, path }: Call,
  { status, contentType, requestId }: Answer,
  what: string,
): UnexpectedAnswerError => new UnexpectedAnswerError(what, { method, path, status, contentType, requestId });
