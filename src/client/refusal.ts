/** Turns refusals and unexpected responses, of a tenant or something in front of it, into errors that say what to do. */

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

/** Only strings and numbers: an object may have a `toString` that is not a function. */
const isKey = (key: unknown): key is string | number => typeof key === 'string' || typeof key === 'number';

const keysIn = (values: unknown): (string | number)[] => [values].flat().filter(isKey);

/** A string of the response as an error may show it. */
const fieldOf = (body: unknown, name: string, secrets: readonly string[]): string | undefined => {
  const value = isRecord(body) ? body[name] : undefined;
  return typeof value === 'string' ? shown(value, secrets) : undefined;
};

const issuesOf = (data: unknown, secrets: readonly string[]): Issue[] => {
  const issues = isRecord(data) && Array.isArray(data['issues']) ? data['issues'] : [];
  return issues.filter(isRecord).map((issue) => ({
    pointer: shown(keysIn(issue['path']).reduce<string>(pointerTo, ''), secrets),
    message: fieldOf(issue, 'message', secrets) ?? 'not valid',
  }));
};

type Head = Omit<ReadResponse, 'text' | 'body'>;

/**
 * The milliseconds that the header `Retry-After` asks to wait (RFC 9110, section 10.2.3). A date is compared with the
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

const typeOf = ({ contentType, secrets }: Head): string | undefined =>
  contentType && shown(contentType, secrets);

const detailsOf = ({ method, path }: Target, { status, requestId, secrets, response }: Head) => ({
  method,
  path,
  status,
  requestId: requestId && shown(requestId, secrets),
  retryAfter: retryAfterOf(response.headers),
});

type Cause = Error & { readonly code?: string };

/**
 * The name, message and code of what fetch threw, and of its causes. Nothing else is kept: an error of Node's parser has
 * the bytes of the response, tokens included (`cause.cause.data`).
 */
const plain = (thrown: unknown, secrets: readonly string[], depth = 0): Cause | undefined => {
  if (thrown === undefined || depth > 4) return undefined;
  // Not `instanceof Error`: test tools run this in another realm, which has another `Error`.
  const given = Object(thrown) as Readonly<Record<string, unknown>>;
  const textOf = (value: unknown): string | undefined =>
    typeof value === 'string' ? shown(value, secrets) : undefined;
  const message = textOf(given['message']) ?? textOf(thrown) ?? 'the thrown value has no message';
  const copy = new Error(message, { cause: plain(given['cause'], secrets, depth + 1) });
  const [name, code] = [textOf(given['name']) ?? 'Error', textOf(given['code'])];
  return Object.assign(copy, { name, stack: `${name}: ${message}`, ...(code !== undefined && { code }) });
};

/** A system's error code such as `ECONNREFUSED`, wherever it is in the chain of causes. */
const codeOf = (cause: Cause | undefined): string | undefined =>
  cause && (cause.code ?? codeOf(cause.cause as Cause | undefined));

export const networkFault = (
  { method, path, secrets, endpointOption = 'endpoint' }: Attempt,
  thrown: unknown,
): NetworkError => {
  const cause = plain(thrown, secrets);
  const code = codeOf(cause);
  return new NetworkError(
    `${code ?? cause?.name ?? 'unknown'} (see \`cause\`). Check that the option \`${endpointOption}\` is correct and reachable from here.`,
    { method, path, code, cause },
  );
};

/** The error for a response that is neither a refusal nor one of Logto's; `what` describes the response. */
export const unexpected = (target: Target, response: Head, what: string): UnexpectedResponseError => {
  const { retryAfter, ...details } = detailsOf(target, response);
  const contentType = typeOf(response);
  return new UnexpectedResponseError(
    `${details.method} ${details.path} returned ${details.status} with ${what} (content type: ${contentType ?? 'none'}).`,
    { ...details, contentType },
  );
};

const redirected = (attempt: Attempt, response: ReadResponse): UnexpectedResponseError | undefined => {
  const { endpointOption = 'endpoint' } = attempt;
  const what = `a redirect; the option \`${endpointOption}\` must be the URL that it leads to`;
  return response.status < 400 ? unexpected(attempt, response, what) : undefined;
};

const notLogto = (sent: RequestBody | undefined): string =>
  'there is no Logto at this endpoint; check the option `endpoint`. This does not mean that a customizer is missing.' +
  (sent === undefined
    ? ''
    : ` Logto also returns 404 for a body of more than ${maxBytes} bytes; this one had ${new TextEncoder().encode(sent.text).byteLength}.`);

const notJson = (response: Head): string =>
  `the response is not Logto's JSON (content type: ${typeOf(response) ?? 'none'}); a proxy may have sent it.`;

const advice: Record<string, string> = {
  'auth.forbidden': ' The access token lacks the permission `all` of the Management API.',
  'entity.not_exists_with_id': ' Create the customizer with `put`.',
};

const tokenAdvice: Record<string, string> = {
  ERR_JWT_EXPIRED: ': the access token has expired. Get a new one.',
  ERR_JWS_INVALID:
    ': the access token is not a JWT. Request it for the resource indicator of the Management API.',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: ': another tenant issued the access token, or it was modified.',
  ERR_JWKS_NO_MATCHING_KEY: ': another tenant issued the access token.',
};

/** Why a tenant does not accept an access token (recorded: more-exchanges.jsonl). Its payload is not shown. */
const unauthorizedOf = (data: unknown, secrets: readonly string[]): string => {
  const code = fieldOf(data, 'code', secrets);
  if (code === undefined) return '';
  const claim = fieldOf(data, 'claim', secrets);
  const reason = fieldOf(data, 'reason', secrets);
  const { payload } = data as Record<string, unknown>;
  const audience = isRecord(payload) ? shown(joinSome(keysIn(payload['aud']).map(String)), secrets) : '';
  const why =
    claim === 'aud'
      ? `: the access token is for ${audience || 'no resource'}. Request it for the resource indicator of this tenant's Management API.`
      : (tokenAdvice[code] ?? '.');
  const check = claim === undefined ? '' : ` (${claim}: ${reason ?? 'refused'})`;
  return ` ${code}${check}${why}`;
};

/** The error for a refused request, without secrets, even if the response repeats them. */
export const refusalOf = (
  attempt: Attempt,
  response: ReadResponse,
  sent: RequestBody | undefined,
): RequestRefusedError | UnexpectedResponseError => {
  const redirect = redirected(attempt, response);
  if (redirect !== undefined) return redirect;
  const { status, body, secrets } = response;
  const data = isRecord(body) ? body['data'] : undefined;
  const code = fieldOf(body, 'code', secrets);
  const issues = issuesOf(data, secrets);
  const reason = (): string => {
    if (status === 404 && code === undefined) return notLogto(sent);
    // The script's own message; the body's `message` only asks to try again later.
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
    `${attempt.method} ${attempt.path} was refused with ${status}${code === undefined ? '' : ` ${code}`}: ${reason()}`,
    { ...detailsOf(attempt, response), code, issues },
  );
};

export const tokenRefusalOf = (
  attempt: Attempt,
  response: ReadResponse,
  resource: string,
): TokenRefusedError | UnexpectedResponseError => {
  const redirect = redirected(attempt, response);
  if (redirect !== undefined) return redirect;
  const { status, body, secrets } = response;
  const { endpointOption = 'endpoint' } = attempt;
  const error = fieldOf(body, 'error', secrets);
  const errorDescription = fieldOf(body, 'error_description', secrets);
  const noOAuth =
    status === 404
      ? `there is no Logto at this endpoint; check the option \`${endpointOption}\`.`
      : notJson(response);
  const reasons = new Map([
    [
      'access_denied',
      `the tenant's own client-credentials script denied the token: ${errorDescription ?? 'no reason given'}. The script ` +
        "also runs for this application. Change it in Logto's Console, or with a client whose `getToken` returns an " +
        'earlier access token, which is valid for an hour.',
    ],
    [
      'invalid_client',
      'the tenant does not accept the options `clientId` and `clientSecret`: ' +
        "copy both from the machine-to-machine application in Logto's Console.",
    ],
    [
      'invalid_target',
      `the tenant does not know the resource ${resource}. Set the option \`resource\` to the indicator of its ` +
        'Management API; on Logto Cloud behind a custom domain that is https://<tenant id>.logto.app/api.',
    ],
  ]);
  const reason = error === undefined ? noOAuth : (reasons.get(error) ?? 'see `errorDescription`.');
  const Refused = error === 'access_denied' ? TokenDeniedError : TokenRefusedError;
  return new Refused(
    `POST /oidc/token was refused with ${status}${error === undefined ? '' : ` ${error}`}: ${reason}`,
    { ...detailsOf(attempt, response), code: fieldOf(body, 'code', secrets), error, errorDescription },
  );
};

/** The pattern of `getManagementApiResourceIndicator` in `@logto/schemas`, for any tenant id. */
const managementApi = /^https:\/\/[^./]+\.logto\.app\/api$/;

/** The error for a token without the permission of the Management API. */
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
          '`all`. It must be https://<tenant id>.logto.app/api or, for self-hosted Logto, https://default.logto.app/api',
      );
