/** What a tenant, or something in front of it, refuses or responds with, as errors that say what to do. */

import type { Attempt, ReadResponse, RequestBody } from './call/attempt.ts';
import type { Target } from './call/budget.ts';
import {
  InvalidOptionError,
  type Issue,
  MissingRoleError,
  NetworkError,
  RequestRefusedError,
  TokenDeniedError,
  TokenRefusedError,
  UnexpectedResponseError,
} from './errors.ts';
import { isRecord, maxBytes, pointerTo } from './json.ts';
import { joinSome, shown } from './shown.ts';

/** Texts and numbers alone: an object may have a `toString` of its own, which is no function. */
const isKey = (key: unknown): key is string | number => typeof key === 'string' || typeof key === 'number';

const pointerOf = (path: unknown): string =>
  Array.isArray(path) ? path.filter(isKey).reduce<string>(pointerTo, '') : '';

/** The text of a field as it may be shown. */
const fieldOf = (body: unknown, name: string, secrets: readonly string[]): string | undefined => {
  const value = isRecord(body) ? body[name] : undefined;
  return typeof value === 'string' ? shown(value, secrets) : undefined;
};

const issuesOf = (data: unknown, secrets: readonly string[]): Issue[] => {
  const issues = isRecord(data) && Array.isArray(data['issues']) ? data['issues'] : [];
  return issues.filter(isRecord).map((issue) => ({
    pointer: shown(pointerOf(issue['path']), secrets),
    message: fieldOf(issue, 'message', secrets) ?? 'not valid',
  }));
};

type Head = Omit<ReadResponse, 'text' | 'body'>;

/**
 * Milliseconds that the header `Retry-After` asks to wait (RFC 9110, section 10.2.3). A date is read against the
 * server's own `Date`, since this machine's clock may be wrong.
 */
export const retryAfterOf = (headers: Headers): number | undefined => {
  const value = headers.get('Retry-After');
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const now = Date.parse(headers.get('Date') ?? '');
  const wait = Date.parse(value) - (Number.isNaN(now) ? Date.now() : now);
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
};

/** What an error says of any response. */
const headOf = ({ status, contentType, requestId, secrets, response }: Head) => ({
  status,
  retryAfter: retryAfterOf(response.headers),
  contentType: contentType && shown(contentType, secrets),
  requestId: requestId && shown(requestId, secrets),
});

type Cause = Error & { readonly code?: string };

/**
 * What fetch threw, by name, message and code, with its causes. What else there is stays behind: a parser's error of
 * Node holds the bytes of the response, tokens included (`cause.cause.data`).
 */
const plain = (thrown: unknown, secrets: readonly string[], depth = 0): Cause | undefined => {
  if (thrown === undefined || depth > 4) return undefined;
  // Not by `instanceof`: test tools run this in a realm of its own, with an `Error` of its own.
  const given = Object(thrown) as Readonly<Record<string, unknown>>;
  const textOf = (value: unknown): string | undefined =>
    typeof value === 'string' ? shown(value, secrets) : undefined;
  const message = textOf(given['message']) ?? textOf(thrown) ?? 'what was thrown has no message';
  const copy = new Error(message, { cause: plain(given['cause'], secrets, depth + 1) });
  const [name, code] = [textOf(given['name']) ?? 'Error', textOf(given['code'])];
  return Object.assign(copy, { name, stack: `${name}: ${message}`, ...(code !== undefined && { code }) });
};

/** A system's error code such as `ECONNREFUSED`, wherever it is in the chain of causes. */
const codeOf = (cause: Cause | undefined): string | undefined =>
  cause && (cause.code ?? codeOf(cause.cause as Cause | undefined));

/** What fetch threw as an error: there is no whole response. */
export const networkFault = (
  { method, path, secrets, endpointOption = 'endpoint' }: Attempt,
  thrown: unknown,
): NetworkError => {
  const cause = plain(thrown, secrets);
  const code = codeOf(cause);
  return new NetworkError(
    `${code ?? cause?.name ?? 'unknown'} (see \`cause\`). Check that the option \`${endpointOption}\` is right and can be reached from here.`,
    { method, path, code, cause },
  );
};

/** The error for a response that is no refusal, and not Logto's: it says what the response is instead. */
export const unexpected = (
  { method, path }: Target,
  response: Head,
  what: string,
): UnexpectedResponseError => {
  const { status, contentType, requestId } = headOf(response);
  return new UnexpectedResponseError(
    `${method} ${path} was answered ${status} with ${what} (content type: ${contentType ?? 'none'}).`,
    { method, path, status, contentType, requestId },
  );
};

const isRedirect = ({ ok, status }: Head): boolean => !ok && status < 400;

const redirected = (attempt: Attempt, response: Head): UnexpectedResponseError => {
  const { endpointOption = 'endpoint' } = attempt;
  return unexpected(
    attempt,
    response,
    `a redirect; the option \`${endpointOption}\` must be the URL that it leads to`,
  );
};

const notLogto = (sent: RequestBody | undefined): string =>
  'no Logto answers at this endpoint, check the option `endpoint`. This does not mean that a customizer is missing.' +
  (sent === undefined
    ? ''
    : ` Logto answers so to a body of more than ${maxBytes} bytes, too; this one had ${new TextEncoder().encode(sent.text).byteLength}.`);

const notJson = (response: Head): string =>
  `the answer is not Logto's JSON (content type: ${headOf(response).contentType ?? 'none'}); a proxy may have sent it.`;

const advice: Record<string, string> = {
  'auth.forbidden': ' The access token lacks the permission `all` of the Management API.',
  'entity.not_exists_with_id': ' Create the customizer with `put`.',
};

const tokenAdvice: Record<string, string> = {
  ERR_JWT_EXPIRED: ': the access token has expired. Get a new one.',
  ERR_JWS_INVALID:
    ': the access token is not a JWT. Request it for the resource indicator of the Management API.',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: ': another tenant issued the access token, or it was changed.',
  ERR_JWKS_NO_MATCHING_KEY: ': another tenant issued the access token.',
};

/** Why a tenant does not accept an access token (recorded: more-exchanges.jsonl). Its payload is not shown. */
const unauthorizedOf = (data: unknown, secrets: readonly string[]): string => {
  const code = fieldOf(data, 'code', secrets);
  if (code === undefined) return '';
  const claim = fieldOf(data, 'claim', secrets);
  const reason = fieldOf(data, 'reason', secrets);
  const { payload } = data as Record<string, unknown>;
  const audience = isRecord(payload) ? joinSome([payload['aud']].flat().filter(isKey).map(String)) : '';
  const why =
    claim === 'aud'
      ? `: the access token is for ${shown(audience, secrets) || 'no resource'}. Request it for the resource indicator of this tenant's Management API.`
      : (tokenAdvice[code] ?? '.');
  const check = claim === undefined ? '' : ` (${claim}: ${reason ?? 'refused'})`;
  return ` ${code}${check}${why}`;
};

/** A refused request as an error. The secrets are kept out of it, wherever the response repeats them. */
export const refusalOf = (
  attempt: Attempt,
  response: ReadResponse,
  sent: RequestBody | undefined,
): RequestRefusedError | UnexpectedResponseError => {
  if (isRedirect(response)) return redirected(attempt, response);
  const { method, path } = attempt;
  const { body, secrets } = response;
  const { status, requestId, retryAfter } = headOf(response);
  const data = isRecord(body) ? body['data'] : undefined;
  const code = fieldOf(body, 'code', secrets);
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
    if (message === undefined) return notJson(response);
    return message + (status === 401 ? unauthorizedOf(data, secrets) : (advice[code ?? ''] ?? ''));
  };
  return new RequestRefusedError(
    `${method} ${path} was refused with ${status}${code === undefined ? '' : ` ${code}`}: ${reason()}`,
    { method, path, status, code, issues, requestId, retryAfter },
  );
};

const tokenReasonOf = (
  error: string | undefined,
  description: string,
  { endpointOption = 'endpoint' }: Attempt,
  response: ReadResponse,
  resource: string,
): string => {
  switch (error) {
    case 'access_denied':
      return (
        `the tenant's own client-credentials script denies it: ${description}. It runs for this application, too. ` +
        "Change the script in Logto's Console, or by a client whose `getToken` returns an access token from before: " +
        'each is valid for an hour.'
      );
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
      return response.status === 404
        ? `no Logto answers at this endpoint: check the option \`${endpointOption}\`.`
        : notJson(response);
    default:
      return 'see `errorDescription`.';
  }
};

/** A refused token request as an error. The secrets are kept out of it, wherever the response repeats them. */
export const tokenRefusalOf = (
  attempt: Attempt,
  response: ReadResponse,
  resource: string,
): TokenRefusedError | UnexpectedResponseError => {
  if (isRedirect(response)) return redirected(attempt, response);
  const { method, path } = attempt;
  const { body, secrets } = response;
  const { status, requestId, retryAfter } = headOf(response);
  const error = fieldOf(body, 'error', secrets);
  const errorDescription = fieldOf(body, 'error_description', secrets);
  const description = errorDescription ?? 'no reason given';
  const Refused = error === 'access_denied' ? TokenDeniedError : TokenRefusedError;
  return new Refused(
    `POST /oidc/token was refused with ${status}${error === undefined ? '' : ` ${error}`}: ` +
      tokenReasonOf(error, description, attempt, response, resource),
    {
      method,
      path,
      status,
      requestId,
      retryAfter,
      code: fieldOf(body, 'code', secrets),
      error,
      errorDescription,
    },
  );
};

/** As `getManagementApiResourceIndicator` of `@logto/schemas` makes it of any tenant's id. */
const managementApi = /^https:\/\/[^./]+\.logto\.app\/api$/;

/** A token without the permission of the Management API, as an error. */
export const withoutPermission = (resource: string): MissingRoleError | InvalidOptionError =>
  managementApi.test(resource)
    ? new MissingRoleError(
        `The tenant granted a token for ${resource} without the permission \`all\`. ` +
          "In Logto's Console, assign the machine-to-machine application of the option `clientId` a role " +
          'that has the permission `all` of the Management API.',
        { resource },
      )
    : new InvalidOptionError(
        'resource',
        `is ${resource}, which is not a Management API: the tenant grants a token for it, but without the permission ` +
          '`all`. It must be https://<tenant id>.logto.app/api, for a self-hosted Logto https://default.logto.app/api',
      );
