import type { Answer, Connection, Request } from './call/exchange.ts';
import { isRecord } from './is-record.ts';
import { redact } from './redact.ts';
import { variablesIn } from './variables.ts';

const headersOf = (
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redact(value, secrets)]));

/** Tells a request to `onEvent`, without its secrets. */
export const tellRequest = ({ emit, headers, redactEvents }: Connection, request: Request): void => {
  const { method, path, body } = request;
  const secrets = redactEvents ? request.secrets : [];
  emit?.({
    type: 'request',
    method,
    path,
    headers: headersOf({ ...headers, ...request.headers }, secrets),
    ...(body !== undefined && { body: redact(body, secrets) }),
  });
};

/** Tells an answer to `onEvent`, without the secrets of the request and without those that came with it. */
export const tellAnswer = (
  { emit, redactEvents }: Connection,
  request: Request,
  { status, requestId, body, text, response }: Answer,
  milliseconds: number,
): void => {
  const { method, path } = request;
  const token = isRecord(body) ? body['access_token'] : undefined;
  const came = [...variablesIn(body), ...(typeof token === 'string' ? [token] : [])];
  const secrets = redactEvents ? [...request.secrets, ...came] : [];
  emit?.({
    type: 'response',
    method,
    path,
    status,
    requestId,
    milliseconds,
    headers: headersOf(Object.fromEntries(response.headers), secrets),
    body: redact(text, secrets),
  });
};
