import type { Attempt, ReadResponse } from './call/transport.ts';
import type { Emit } from './events.ts';
import { isRecord, variablesIn } from './json.ts';
import { redact } from './redact.ts';

/** `authorization` as people write it: `Authorization`. */
const headerName = (name: string): string => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());

const redactHeaders = (
  headers: Headers,
  secrets: readonly string[],
  nameOf = (name: string) => name,
): Record<string, string> =>
  Object.fromEntries([...headers].map(([name, value]) => [nameOf(name), redact(value, secrets)]));

/** Emits the request and the response of one attempt, without the secrets of the request and those that came back. */
export const createEvents = (emit: Emit, attempt: Attempt, isRedacted: boolean) => {
  const { method, path } = attempt;
  const secrets = isRedacted ? attempt.secrets : [];
  return {
    request: (headers: RequestInit['headers'], body: unknown): void =>
      emit({
        type: 'request',
        method,
        path,
        headers: redactHeaders(new Headers(headers), secrets, headerName),
        ...(typeof body === 'string' && { body: redact(body, secrets) }),
      }),
    response: ({ status, requestId, body, text, response }: ReadResponse, milliseconds: number): void => {
      const token = isRecord(body) ? body['access_token'] : undefined;
      const came = [...variablesIn(body), ...(typeof token === 'string' ? [token] : [])];
      const all = isRedacted ? [...secrets, ...came] : [];
      emit({
        type: 'response',
        method,
        path,
        status,
        requestId,
        milliseconds,
        headers: redactHeaders(response.headers, all),
        body: redact(text, all),
      });
    },
  };
};
