/** What a tenant, or something in front of it, refuses, as errors that say what to do. */
import type { RequestBody } from './call/engine.ts';
import type { Attempt, ReadResponse } from './call/transport.ts';
import type { Issue } from './errors/base.ts';
import { MissingRoleError } from './errors/missing-role.ts';
import { RequestRefusedError } from './errors/request-refused.ts';
import { TokenRefusedError } from './errors/token-refused.ts';
import { joinSome } from './join-some.ts';
import { isRecord, maxBytes, pointerTo } from './json.ts';
import { redact } from './redact.ts';

const pointerOf = (path: unknown): string => (Array.isArray(path) ? path.reduce(pointerTo, '') : '');

/** The text of a field, without the secrets. */
const fieldOf = (body: unknown, name: string, secrets: readonly string[]): string | undefined => {
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

const notLogto = (sent: RequestBody | undefined): string =>
  'no Logto answers at this endpoint, check the option `endpoint`. This does not mean that a customizer is missing.' +
  (sent === undefined
    ? ''
    : ` Logto answers so to a body of more than ${maxBytes} bytes, too; this one had ${new TextEncoder().encode(sent.text).byteLength}.`);

const advice: Record<string, string> = {
  'auth.forbidden': ' The access token lacks the permission `all` of the Management API.',
  'entity.not_exists_with_id': ' Create the customizer with `put`.',
};

/** A refused request as an error. The secrets are kept out of it, wherever the response repeats them. */
export const refusalOf = (
  { method, path, secrets }: Attempt,
  { status, body, contentType, requestId, retryAfter }: ReadResponse,
  sent: RequestBody | undefined,
): RequestRefusedError => {
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

const tokenReasonOf = (
  error: string | undefined,
  { endpointOption = 'endpoint' }: Attempt,
  { status, contentType }: ReadResponse,
  resource: string,
): string => {
  switch (error) {
    case 'invalid_client':
      return (
        'the tenant does not accept the options `clientId` and `clientSecret`: ' +
        "copy both from the machine-to-machine application in Logto's Console."
      );
    case 'invalid_target':
      return (
        `the tenant does not know the resource ${resource}. Set the option \`resource\` to the indicator of its ` +
        'Management API; on Logto Cloud behind a custom domain that is https://<tenant id>.logto.app/api.'
      );
    case undefined:
      return status === 404
        ? `no Logto answers at this endpoint: check the option \`${endpointOption}\`.`
        : `the answer is not Logto's JSON (content type: ${contentType ?? 'none'}); a proxy may have sent it.`;
    default:
      return 'see `errorDescription`.';
  }
};

/** A refused token request as an error. The secrets are kept out of it, wherever the response repeats them. */
export const tokenRefusalOf = (
  attempt: Attempt,
  response: ReadResponse,
  resource: string,
): TokenRefusedError => {
  const { method, path, secrets } = attempt;
  const { status, body, requestId, retryAfter } = response;
  const error = fieldOf(body, 'error', secrets);
  return new TokenRefusedError(
    `POST /oidc/token was refused with ${status}${error === undefined ? '' : ` ${error}`}: ` +
      tokenReasonOf(error, attempt, response, resource),
    {
      method,
      path,
      status,
      requestId,
      retryAfter,
      code: fieldOf(body, 'code', secrets),
      error,
      errorDescription: fieldOf(body, 'error_description', secrets),
    },
  );
};

/** A token without the permission of the Management API, as an error. */
export const missingRole = (resource: string): MissingRoleError =>
  new MissingRoleError(
    `The tenant granted a token for ${resource} without the permission \`all\`. ` +
      "In Logto's Console, assign the machine-to-machine application of the option `clientId` a role " +
      'that has the permission `all` of the Management API.',
    { resource },
  );
