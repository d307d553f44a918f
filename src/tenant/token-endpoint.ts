import { isBefore } from '../runner/release.ts';
import {
  empty,
  formType,
  isTooLarge,
  json,
  parseBody,
  plainText,
  type TenantRequest,
  type TenantResponse,
  textOf,
} from './message.ts';

/** What an application is to Logto. */
export type ApplicationType = 'MachineToMachine' | 'Traditional' | 'SPA' | 'Native';

/** An application. */
export interface TenantClient {
  id: string;
  /** @default any non-empty secret; none for the types SPA and Native */
  secret?: string;
  /** Whether it has a role that grants the permission `all` of the Management API. */
  hasRole: boolean;
  /**
   * Decides which tokens it gets, and how it authenticates.
   * @default it gets all, with its secret
   */
  type?: ApplicationType;
  /**
   * Whether it may exchange tokens: what an application with a type may from 1.37 on.
   * @default false for one with a type
   */
  allowTokenExchange?: boolean;
}

/** Whether an application has no secret. */
export const isPublic = ({ type }: Pick<TenantClient, 'type'>): boolean =>
  type === 'SPA' || type === 'Native';

/** The words beside the error, where they are others than "An OIDC error occurred". */
const messages: Record<string, string> = {
  access_denied: 'Access denied.',
  invalid_grant: 'Grant request is invalid.',
  invalid_request: 'Request is invalid.',
  invalid_target: 'Invalid resource indicator.',
  unsupported_grant_type: 'Unsupported `grant_type` requested.',
};

/** An error of OAuth 2.0, as the token endpoint words it. */
export const refuseToken = (status: number, error: string, description: string): TenantResponse =>
  json(
    status,
    {
      code: `oidc.${error}`,
      message: messages[error] ?? `An OIDC error occurred: oidc.${error}.`,
      ...(error === 'invalid_grant' && { error_uri: 'https://openid.sh/debug/invalid_grant' }),
      error,
      error_description: description,
    },
    { 'cache-control': 'no-store' },
  );

const invalid = (description: string): TenantResponse => refuseToken(400, 'invalid_request', description);

/** The release whose OAuth 2.0 server words and orders some refusals in another way (recorded on 1.28 and 1.42). */
const newerSince = '1.42';

/** The response below `/oidc` to another method than POST (recordings "token by …", more-exchanges.jsonl). */
export const refuseMethod = ({ method, headers }: TenantRequest, path: string): TenantResponse => {
  if (method === 'OPTIONS' && headers['access-control-request-method'] !== undefined)
    return empty(204, {
      'access-control-allow-origin': headers['origin'] ?? '*',
      'access-control-allow-methods': 'POST',
      'access-control-max-age': '3600',
    });
  const { body } = invalid(`unrecognized route or not allowed method (${method} on ${path})`);
  return json(404, JSON.parse(body));
};

/**
 * The parameters of a request to the token endpoint: a form, or JSON, which Logto takes for one. Without a Content-Type
 * there are none (recordings "token …", more-exchanges.jsonl).
 */
export const readForm = (
  { headers, body, path }: TenantRequest,
  release: string,
): { form: URLSearchParams } | { refusal: TenantResponse } => {
  const contentType = headers['content-type'];
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (isTooLarge(body, type)) return { refusal: plainText(404, 'Not Found') };
  const text = textOf(body);
  if (type === '') return { form: new URLSearchParams() };
  if (text === '' || (type !== formType && type !== 'application/json')) {
    const endpoint = path.split('?')[0]?.replace(/^\/oidc|\/$/gi, '');
    return {
      refusal: invalid(`only ${formType} content-type bodies are supported on POST ${endpoint}`),
    };
  }
  if (type === formType) {
    if (text.includes('\0') && !isBefore(release, newerSince))
      return { refusal: invalid('null bytes are not allowed in the request body') };
    return { form: new URLSearchParams(text) };
  }
  const parsed = parseBody(text, type, release);
  if ('message' in parsed) return { refusal: json(400, parsed) };
  const entries = Object.entries(parsed.value as object).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((one): [string, string] => [name, typeof one === 'object' ? JSON.stringify(one) : String(one)]),
  );
  return { form: new URLSearchParams(entries) };
};

const listed = (names: readonly string[]): string => {
  const quoted = names.map((name) => `'${name}'`);
  return `parameter${names.length > 1 ? 's' : ''} ${quoted.join(' and ')}`;
};

/** Refuses parameters that are there more than once. */
export const refuseTwice = (form: URLSearchParams, names: readonly string[]): TenantResponse | undefined => {
  const twice = names.filter((name) => form.getAll(name).length > 1);
  const quoted = twice.map((name) => `'${name}'`).join(' and ');
  return twice.length === 0
    ? undefined
    : invalid(`${quoted} parameter${twice.length > 1 ? 's' : ''} must not be provided twice`);
};

/** Refuses a request without these parameters; one that is empty is none. */
export const refuseMissing = (
  form: URLSearchParams,
  names: readonly string[],
): TenantResponse | undefined => {
  const missing = names.filter((name) => !form.get(name));
  return missing.length === 0 ? undefined : invalid(`missing required ${listed(missing)}`);
};

/** RFC 6749, section 2.3.1: id and secret are form-encoded before they are joined. */
const formDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

const fromBase64 = (text: string): string => {
  try {
    return atob(text);
  } catch {
    return '';
  }
};

/** Id and secret of an application, by HTTP Basic or in the form. */
export interface ClientCredentials {
  id: string;
  secret: string;
  /** By which the client has authenticated; `none` is an id alone. */
  by: 'basic' | 'form' | 'none';
}

/** Reads who asks (recordings "token with …", more-exchanges.jsonl, and "exchange: Basic …", user-tokens.jsonl). */
export const credentialsOf = (
  form: URLSearchParams,
  authorization: string | undefined,
  release: string,
): ClientCredentials | { refusal: TenantResponse } => {
  const refuse = (description: string) => ({ refusal: invalid(description) });
  const twice = refuseTwice(form, [
    'client_id',
    'client_secret',
    'client_assertion',
    'client_assertion_type',
  ]);
  if (twice !== undefined) return { refusal: twice };
  const id = form.get('client_id') ?? '';
  const secret = form.get('client_secret') ?? undefined;
  const oneMechanism = 'client authentication must only be provided using one mechanism';
  if (form.get('client_assertion')) return refuse('invalid client_assertion format');
  if (authorization === undefined || authorization === '') {
    if (id === '') return refuse('no client authentication mechanism provided');
    return secret === undefined ? { id, secret: '', by: 'none' } : { id, secret, by: 'form' };
  }
  if (secret !== undefined && !isBefore(release, newerSince)) return refuse(oneMechanism);
  const [scheme = '', basic, ...others] = authorization.split(' ');
  const text = basic === undefined ? '' : fromBase64(basic);
  if (scheme.toLowerCase() !== 'basic' || others.length > 0 || !text.includes(':'))
    return refuse('invalid authorization header value format');
  const [encodedId = '', ...rest] = text.split(':');
  const [basicId, basicSecret] = [formDecoded(encodedId), formDecoded(rest.join(':'))];
  if (basicId === '') return refuse('no client authentication mechanism provided');
  if (id !== '' && id !== basicId)
    return refuse(
      isBefore(release, newerSince) ? 'mismatch in body and authorization client ids' : 'client_id mismatch',
    );
  if (basicSecret === '') return refuse('client_secret must be provided in the Authorization header');
  return secret === undefined ? { id: basicId, secret: basicSecret, by: 'basic' } : refuse(oneMechanism);
};

/** Refuses an application without a secret that sends one, and the other way round. */
export const refuseMechanism = (
  client: TenantClient | undefined,
  by: ClientCredentials['by'],
): TenantResponse | undefined =>
  client !== undefined && isPublic(client) !== (by === 'none')
    ? refuseToken(401, 'invalid_client', 'client authentication failed')
    : undefined;

/** Refuses an unknown client or a wrong secret. */
export const refuseClient = (
  id: string,
  secret: string,
  client: TenantClient | undefined,
): TenantResponse | undefined => {
  if (client === undefined) return refuseToken(400, 'invalid_client', `invalid client ${id}`);
  if (isPublic(client)) return undefined;
  const isRight = client.secret === undefined ? secret !== '' : secret === client.secret;
  return isRight ? undefined : refuseToken(401, 'invalid_client', 'client authentication failed');
};

/** A refusal of a client that has sent HTTP Basic (recording "token with a wrong secret by Basic"). */
export const withChallenge = (refusal: TenantResponse, issuer: string): TenantResponse => {
  const { error, error_description } = JSON.parse(refusal.body) as Record<string, string>;
  const challenge = `Basic realm="${issuer}", error="${error}", error_description="${error_description}"`;
  return { ...refusal, headers: { ...refusal.headers, 'www-authenticate': challenge } };
};

/** Refuses a resource that is none of these. An empty one is none. */
export const refuseResource = (
  form: URLSearchParams,
  resources: readonly string[],
): TenantResponse | undefined => {
  const target = (description: string) => refuseToken(400, 'invalid_target', description);
  const asked = form.getAll('resource').filter((resource) => resource !== '');
  if (asked.length > 1)
    return target('only a single resource indicator value is supported for this grant type');
  const [resource] = asked;
  if (resource === undefined) return target('both `resource` and `organization_id` are not provided');
  if (!URL.canParse(resource)) return target('resource indicator must be an absolute URI');
  if (resource.includes('#')) return target('resource indicator must not contain a fragment component');
  return resources.includes(resource) ? undefined : target('resource indicator is missing, or unknown');
};

/** Whether an application gets tokens by this grant (user-tokens.jsonl, "exchange: a Traditional application …"). */
const mayAsk = (
  { type, allowTokenExchange }: TenantClient,
  isExchange: boolean,
  release: string,
): boolean => {
  if (!isExchange) return type === undefined || type === 'MachineToMachine';
  if (isBefore(release, '1.37')) return type !== 'MachineToMachine';
  return allowTokenExchange ?? type === undefined;
};

export const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** Refuses another grant than client credentials and token exchange, or one that the application may not ask for. */
export const refuseGrant = (
  form: URLSearchParams,
  client: TenantClient,
  release: string,
): TenantResponse | undefined => {
  const refused = refuseTwice(form, ['grant_type']) ?? refuseMissing(form, ['grant_type']);
  if (refused !== undefined) return refused;
  const grant = form.get('grant_type');
  const isExchange = grant === tokenExchange;
  if (grant !== 'client_credentials' && !isExchange)
    return refuseToken(400, 'unsupported_grant_type', 'unsupported grant_type requested');
  if (!mayAsk(client, isExchange, release))
    return invalid('requested grant type is not allowed for this client');
  const ofExchange = ['subject_token', 'subject_token_type', 'actor_token', 'actor_token_type'];
  return refuseTwice(form, [...(isExchange ? ofExchange : []), 'scope', 'organization_id']);
};

/** The requested permissions; those of another API are all granted. */
export const requestedScopes = (form: URLSearchParams): string[] =>
  (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');

/** The requested permissions that the client's role has. */
export const grantedScopes = (form: URLSearchParams, client: TenantClient | undefined): string[] =>
  client?.hasRole && requestedScopes(form).includes('all') ? ['all'] : [];

/** In seconds (token-endpoint.jsonl, "granted"). */
export const lifetime = (): number => 3600;
