import type { Attempt, ReadResponse } from './call/attempt.ts';
import type { Emit } from './events.ts';
import { secretsIn } from './json.ts';
import { redact, redactBody, redactForm, redactHeader } from './redact.ts';

/** `authorization` as people write it: `Authorization`. */
const headerName = (name: string): string => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());

/** Emits the request and the response of one attempt, without the secrets of the request and those that came back. */
export const createEvents = (emit: Emit, attempt: Attempt, isRedacted: boolean) => {
  const { method, path } = attempt;
  const headersOf = (headers: Headers, secrets: readonly string[], nameOf = (name: string) => name) => {
    const shown = (name: string, value: string) => (isRedacted ? redactHeader(name, value, secrets) : value);
    return Object.fromEntries(Array.from(headers, ([name, value]) => [nameOf(name), shown(name, value)]));
  };
  let since = 0;
  return {
    request: (given: RequestInit['headers'], body: unknown): void => {
      const { secrets } = attempt;
      const headers = new Headers(given);
      const isForm = headers.get('Content-Type') === 'application/x-www-form-urlencoded';
      const redactText = isForm ? redactForm : redactBody;
      emit({
        type: 'request',
        method,
        path,
        headers: headersOf(headers, secrets, headerName),
        ...(typeof body === 'string' && { body: isRedacted ? redactText(body, secrets) : body }),
      });
      since = performance.now();
    },
    response: ({ status, requestId, body, text, response }: ReadResponse): void => {
      const milliseconds = performance.now() - since;
      const secrets = [...attempt.secrets, ...secretsIn(body)];
      emit({
        type: 'response',
        method,
        path,
        status,
        requestId: requestId && isRedacted ? redact(requestId, secrets) : requestId,
        milliseconds,
        headers: headersOf(response.headers, secrets),
        body: isRedacted ? redactBody(text, secrets) : text,
      });
    },
  };
};
