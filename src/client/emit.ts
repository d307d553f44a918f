import type { Attempt, ReadResponse, ValidBody } from './call/attempt.ts';
import type { ClientEvent, Emit, Exchanged } from './events.ts';
import { isRecord, secretsIn } from './json.ts';
import { redact, redactBody, redactForm, redactHeader } from './redact.ts';

/** `authorization` in its usual spelling: `Authorization`. */
const headerName = (name: string): string => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());

/** Emits the request and the response of one attempt, without the secrets of either. */
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

/** Comments, strings and templates, also those that do not end. */
const quoted =
  /\/\*[\s\S]*?(?:\*\/|$)|\/\/.*|'(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?|`(?:\\[\s\S]|[^`\\])*`?/g;

type ScriptWarning = Pick<Extract<ClientEvent, { type: 'script-warning' }>, 'code' | 'message'>;

/** An empty script switches a customizer off. */
const warningsOf = (script: string): ScriptWarning[] => {
  if (script === '') return [];
  const code = script.replace(quoted, (text) => (text.startsWith('/') ? ' ' : '""'));
  const found = (word: 'export' | 'import'): ScriptWarning[] =>
    new RegExp(`^[ \\t]*${word}\\b(?!\\s*[(:=.,;?!}])`, 'm').test(code)
      ? [{ code: word, message: `the script contains ${word}: tenants run one plain script` }]
      : [];
  const message = 'the script does not declare getCustomJwtClaims';
  const isThere = script.includes('getCustomJwtClaims');
  return [
    ...(isThere ? [] : [{ code: 'no-function' as const, message }]),
    ...found('export'),
    ...found('import'),
  ];
};

/** What a tenant would silently do with a body: drop fields, or issue tokens without the claims of its script. */
export const reportBody = (
  emit: Emit,
  { method, path }: Exchanged,
  { dropped, value }: Pick<ValidBody, 'dropped' | 'value'>,
): void => {
  const pointers = [...new Set(dropped.map(({ pointer }) => pointer))];
  if (pointers.length > 0) emit({ type: 'dropped-fields', method, path, pointers, issues: dropped });
  const script = isRecord(value) && value['script'];
  if (typeof script !== 'string') return;
  for (const warning of warningsOf(script)) emit({ type: 'script-warning', method, path, ...warning });
};
