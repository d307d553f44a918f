import { maxBytes } from './body.ts';
import { type RefusalIssue, RequestRefusedError } from './errors/request-refused.ts';
import type { Answer, Call } from './exchange.ts';
import { isRecord } from './is-record.ts';
import { joinSome } from './join-some.ts';
import { redact } from './redact.ts';

const pointerOf = (path: unknown): string =>
  Array.isArray(path)
    ? path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
    : '';

/** The text of a field, without the secrets. */
export const fieldOf = (body: unknown, name: string, secrets: readonly string[]): string | undefined => {
  const value = isRecord(body) ? body[name] : undefined;
  return typeof value === 'string' ? redact(value, secrets) : undefined;
};

const issuesOf = (data: unknown, secrets: readonly string[]): RefusalIssue[] => {
  const issues = isRecord(data) && Array.isArray(data['issues']) ? data['issues'] : [];
  return issues.filter(isRecord).map((issue) => ({
    pointer: pointerOf(issue['path']),
    message: fieldOf(issue, 'message', secrets) ?? 'not valid',
  }));
};

const notLogto = (sentBytes: number | undefined): string =>
  'no Logto answers at this endpoint, check the option `endpoint`. This does not mean that a customizer is missing.' +
  (sentBytes === undefined
    ? ''
    : ` Logto answers so to a body of more than ${maxBytes} bytes, too; this one had ${sentBytes}.`);

const advice: Record<string, string> = {
  'auth.forbidden': ' The access token lacks the permission `all` of the Management API.',
  'entity.not_exists_with_id': ' Create the customizer with `put`.',
};

/** A refused call as an error. `secrets` are kept out of it, wherever the answer repeats them. */
export const refusalOf = (
  call: Call,
  answer: Answer,
  sentBytes: number | undefined,
  secrets: readonly string[],
): RequestRefusedError => {
  const { method, path } = call;
  const { status, body, contentType, requestId } = answer;
  const data = isRecord(body) ? body['data'] : undefined;
  const code = fieldOf(body, 'code', []);
  const issues = issuesOf(data, secrets);
  const reason = (): string => {
    if (status === 404 && code === undefined) return notLogto(sentBytes);
    // The script's own words; `message` only asks to try again later.
    if (code === 'jwt_customizer.general') {
      const said = fieldOf(data, 'message', secrets) ?? 'no reason given';
      return `the script ${status === 403 ? 'denied access' : 'failed'}: ${said}`;
    }
    if (issues.length > 0) {
      return `${joinSome(issues.map(({ pointer, message }) => `${pointer || 'the body'}: ${message}`))}.`;
    }
    const message = fieldOf(body, 'message', secrets);
    if (message === undefined) {
      return `the answer is not Logto's JSON (content type: ${contentType ?? 'none'}); a proxy may have sent it.`;
    }
    return message + (advice[code ?? ''] ?? '');
  };
  return new RequestRefusedError(
    `${method} ${path} was refused with ${status}${code === undefined ? '' : ` ${code}`}: ${reason()}`,
    { method, path, status, code, issues, requestId },
  );
};
