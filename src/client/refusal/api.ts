import type { Answer } from '../call/exchange.ts';
import type { ApiRequest } from '../call/send.ts';
import type { Issue } from '../errors/base.ts';
import { RequestRefusedError } from '../errors/request-refused.ts';
import { isRecord } from '../is-record.ts';
import { joinSome } from '../join-some.ts';
import { maxBytes } from '../max-bytes.ts';
import { pointerTo } from '../pointer.ts';
import { redact } from '../redact.ts';

const pointerOf = (path: unknown): string => (Array.isArray(path) ? path.reduce(pointerTo, '') : '');

/** The text of a field, without the secrets. */
export const fieldOf = (body: unknown, name: string, secrets: readonly string[]): string | undefined => {
  const value = isRecord(body) ? body[name] : undefined;
  return typeof value === 'string' ? redact(value, secrets) : undefined;
};

const issuesOf = (data: unknown, secrets: readonly string[]): Issue[] => {
  const issues = isRecord(data) && Array.isArray(data['issues']) ? data['issues'] : [];
  return issues.filter(isRecord).map((issue) => ({
    pointer: pointerOf(issue['path']),
    message: fieldOf(issue, 'message', secrets) ?? 'not valid',
  }));
};

const notLogto = (sent: string | undefined): string =>
  'no Logto answers at this endpoint, check the option `endpoint`. This does not mean that a customizer is missing.' +
  (sent === undefined
    ? ''
    : ` Logto answers so to a body of more than ${maxBytes} bytes, too; this one had ${new TextEncoder().encode(sent).byteLength}.`);

const advice: Record<string, string> = {
  'auth.forbidden': ' The access token lacks the permission `all` of the Management API.',
  'entity.not_exists_with_id': ' Create the customizer with `put`.',
};

/** A refused request as an error. `secrets` are kept out of it, wherever the answer repeats them. */
export const refusalOf = (
  { method, path, body: sent }: ApiRequest,
  answer: Answer,
  secrets: readonly string[],
): RequestRefusedError => {
  const { status, body, contentType, requestId, retryAfter } = answer;
  const data = isRecord(body) ? body['data'] : undefined;
  const code = fieldOf(body, 'code', []);
  const issues = issuesOf(data, secrets);
  const reason = (): string => {
    if (status === 404 && code === undefined) return notLogto(sent);
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
    { method, path, status, code, issues, requestId, retryAfter },
  );
};
