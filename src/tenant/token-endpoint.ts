import { json, type TenantResponse } from './message.ts';

/** A machine-to-machine application. */
export interface TenantClient {
  id: string;
  /** @default any non-empty secret */
  secret?: string;
  /** Whether it has a role that grants the permission `all` of the Management API. */
  hasRole: boolean;
}

const refusal = (
  status: number,
  error: string,
  description: string,
  message = `An OIDC error occurred: oidc.${error}.`,
): TenantResponse => json(status, { code: `oidc.${error}`, message, error, error_description: description });

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

/** Id and secret, from HTTP Basic or the form. */
export const credentialsOf = (
  form: URLSearchParams,
  authorization: string | undefined,
): { id: string; secret: string } => {
  const basic = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined)
    return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', ...secret] = fromBase64(basic).split(':');
  return { id: formDecoded(id), secret: formDecoded(secret.join(':')) };
};

/** Refuses an unknown client or a wrong secret. */
export const refuseClient = (
  id: string,
  secret: string,
  client: TenantClient | undefined,
): TenantResponse | undefined => {
  // No recording shows this: the message comes from the OAuth 2.0 server that Logto runs.
  const none = 'no client authentication mechanism provided';
  if (id === '') return refusal(400, 'invalid_request', none, 'Request is invalid.');
  if (client === undefined) return refusal(400, 'invalid_client', `invalid client ${id}`);
  const isRight = client.secret === undefined ? secret !== '' : secret === client.secret;
  return isRight ? undefined : refusal(401, 'invalid_client', 'client authentication failed');
};

/** Refuses a request that is not for client credentials or not for a known API. */
export const refuseGrant = (
  form: URLSearchParams,
  resources: readonly string[],
): TenantResponse | undefined => {
  // No recording shows this either.
  const unsupported = ['unsupported grant_type requested', 'Unsupported `grant_type` requested.'] as const;
  if (form.get('grant_type') !== 'client_credentials')
    return refusal(400, 'unsupported_grant_type', ...unsupported);
  const target = (description: string) =>
    refusal(400, 'invalid_target', description, 'Invalid resource indicator.');
  const resource = form.get('resource');
  if (!resource) return target('both `resource` and `organization_id` are not provided');
  return resources.includes(resource) ? undefined : target('resource indicator is missing, or unknown');
};

/** The requested permissions; those of another API are all granted. */
export const requestedScopes = (form: URLSearchParams): string[] =>
  (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');

/** The requested permissions that the client's role has. */
export const grantedScopes = (form: URLSearchParams, client: TenantClient | undefined): string[] =>
  client?.hasRole && requestedScopes(form).includes('all') ? ['all'] : [];

/** In seconds (token-endpoint.jsonl, "granted"). */
export const lifetime = (): number => 3600;
