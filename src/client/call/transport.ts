/** The innermost layer: one HTTP request with a time-out, a size limit, and its events. It follows no redirects. */
import { LogtoJwtCustomizerError, NetworkError } from '../errors.ts';
import type { Emit } from '../events.ts';
import { parseJson } from '../json.ts';
import { loadEmit, loadRefusal } from '../load.ts';
import { defaultPolicy } from '../policy.ts';
import type { Attempt, ReadResponse, Transport } from './attempt.ts';
import { startBudget, type Target, within } from './budget.ts';

/** `fetch`, or a function with the same interface. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One attempt with the default limits, for a caller that does not retry. */
export const singleAttempt = ({ method, path }: Target, headers?: Attempt['headers']): Attempt => ({
  method,
  path,
  budget: startBudget(defaultPolicy, undefined),
  limit: 'attemptTimeout',
  headers,
  secrets: [],
});

/** Whether a value is valid in a header. The platforms quote an invalid header value in their errors. */
export const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);

export const bearer = (token: string): Attempt['headers'] => ({ Authorization: `Bearer ${token}` });

/** Reads a body; `undefined` if it has more than `maxBytes` bytes, which are not kept in memory. */
const readBody = async (response: Response, maxBytes: number): Promise<string | undefined> => {
  const length = response.headers.get('Content-Length');
  // The header counts bytes as sent: a compressed body can unpack to any size.
  if (length !== null && Number(length) <= maxBytes && response.headers.get('Content-Encoding') === null) {
    return response.text();
  }
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
};

/** Whether a media type is JSON (RFC 9110, section 8.3.1: case-insensitive; RFC 6839: `+json`). */
export const isJson = (contentType: string | null | undefined): boolean =>
  /^(?:application|text)\/([^\s;]+\+)?json *(;|$)/i.test(contentType ?? '');

const parse = (text: string, contentType: string | undefined): unknown => {
  try {
    const value: unknown = isJson(contentType) && parseJson(text);
    return Object(value) === value ? value : undefined;
  } catch {
    return undefined;
  }
};

/** @param fetch - by default the global one, looked up for each request: tools often replace it late */
export const createTransport =
  (fetch: Fetch = (url, init) => globalThis.fetch(url, init), emit?: Emit, redactEvents = true): Transport =>
  (url, { method = 'GET', headers = {}, body = null }, attempt) =>
    within(attempt, attempt.budget, attempt.limit, async (signal) => {
      const events = emit && (await loadEmit()).createEvents(emit, attempt, redactEvents);
      events?.request(headers, body);
      try {
        // A redirect would carry a token, a client secret or environment variables to another origin.
        // A cache would hide what someone else wrote meanwhile; frameworks patch `fetch` with one.
        const init = { method, headers, body, redirect: 'manual', cache: 'no-store', signal } as const;
        const response = await fetch(url, init);
        const { status, ok, headers: received } = response;
        const contentType = received.get('Content-Type') ?? undefined;
        const requestId = received.get('Logto-Core-Request-Id') ?? undefined;
        const { secrets } = attempt;
        const head = { status, ok, contentType, requestId, response, secrets };
        const text = await readBody(response, attempt.budget.policy.maxResponseBytes);
        if (text === undefined) {
          throw (await loadRefusal()).unexpected(attempt, head, 'more than `maxResponseBytes`');
        }
        const read: ReadResponse = { ...head, text, body: parse(text, contentType) };
        events?.response(read);
        return read;
      } catch (cause) {
        if (cause instanceof LogtoJwtCustomizerError) throw cause;
        // In a browser, the network that failed would also have to load the messages.
        const words = await loadRefusal().catch(() => undefined);
        const { method, path } = attempt;
        throw words?.networkFault(attempt, cause) ?? new NetworkError('unknown.', { method, path });
      }
    });
