import type { IssueOutcome } from '../runner/index.ts';
import { json, type TenantResponse } from './message.ts';
import type { addedClaims, refuseIssue } from './script-outcome.ts';
import { randomText, type Tokens } from './tokens.ts';

/** A machine-to-machine application. */
export interface TenantClient {
  id: string;
  secret: string;
  /** Whether it has the role that grants the permission `all` of the Management API. */
  hasRole: boolean;
}

/** What a tenant grants tokens from. */
export interface TokenSources {
  /** The application of that id. */
  clients(id: string): TenantClient | undefined;
  /** The resource indicator of the Management API. */
  resource: string;
  /** Those of other APIs, whose every permission is granted to who asks for it. */
  otherResources: readonly string[];
  tokens: Tokens;
  /** What the tenant's script makes of a token; nothing when there is none. */
  customize(token: CustomizedToken): Promise<IssueOutcome | undefined>;
  release: string;
}

/** What a script is told of the token that it is run for (contracts/recordings/arguments.jsonl). */
export interface CustomizedToken {
  jti: string;
  kind: 'ClientCredentials';
  clientId: string;
  aud: string;
  scope?: string;
}

/** Seconds (token-endpoint.jsonl, "granted"). */
const expiresIn = 3600;

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

/** Id and secret, by HTTP Basic or in the form. */
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

/** Refuses whoever is not known, or does not know the secret. */
export const refuseClient = (
  id: string,
  secret: string,
  client: TenantClient | undefined,
): TenantResponse | undefined => {
  if (id === '')
    // No recording has this one: the words are from the OAuth 2.0 server that Logto runs.
    return refusal(
      400,
      'invalid_request',
      'no client authentication mechanism provided',
      'Request is invalid.',
    );
  if (client === undefined) return refusal(400, 'invalid_client', `invalid client ${id}`);
  return client.secret === secret
    ? undefined
    : refusal(401, 'invalid_client', 'client authentication failed');
};

/** Refuses what is not a request for a token of the Management API. */
export const refuseGrant = (
  form: URLSearchParams,
  resources: readonly string[],
): TenantResponse | undefined => {
  if (form.get('grant_type') !== 'client_credentials')
    // Nor has this one.
    return refusal(
      400,
      'unsupported_grant_type',
      'unsupported grant_type requested',
      'Unsupported `grant_type` requested.',
    );
  const target = (description: string) =>
    refusal(400, 'invalid_target', description, 'Invalid resource indicator.');
  if (!form.get('resource')) return target('both `resource` and `organization_id` are not provided');
  return resources.includes(form.get('resource') ?? '')
    ? undefined
    : target('resource indicator is missing, or unknown');
};

/** The permissions that are asked for and that the client's role has. */
export const grantedScopes = (form: URLSearchParams, client: TenantClient | undefined): string[] =>
  client?.hasRole && (form.get('scope') ?? '').split(' ').includes('all') ? ['all'] : [];

/** Seconds, as the answer says. */
export const lifetime = (): number => expiresIn;

/** The permissions of another API that are asked for. */
const otherScopes = (form: URLSearchParams): string[] =>
  (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');

/** What `POST /oidc/token` answers (contracts/recordings/token-endpoint.jsonl): the client is judged before the grant. */
export const respondToTokenRequest = async (
  form: URLSearchParams,
  authorization: string | undefined,
  { clients, resource, otherResources, tokens, customize, release }: TokenSources,
  rules: {
    refuseClient: typeof refuseClient;
    refuseGrant: typeof refuseGrant;
    grantedScopes: typeof grantedScopes;
    lifetime: typeof lifetime;
    refuseIssue: typeof refuseIssue;
    addedClaims: typeof addedClaims;
  },
): Promise<TenantResponse> => {
  const { id, secret } = credentialsOf(form, authorization);
  const client = clients(id);
  const refused =
    rules.refuseClient(id, secret, client) ?? rules.refuseGrant(form, [resource, ...otherResources]);
  if (refused !== undefined) return refused;
  const asked = form.get('resource') ?? '';
  const scopes = asked === resource ? rules.grantedScopes(form, client) : otherScopes(form);
  const scope = scopes.join(' ');
  const jti = randomText(21);
  const outcome = await customize({
    jti,
    kind: 'ClientCredentials',
    clientId: id,
    aud: asked,
    ...(scope !== '' && { scope }),
  });
  const kept = outcome && rules.refuseIssue(outcome, release);
  if (kept !== undefined) return kept;
  const added = outcome !== undefined && 'claims' in outcome ? rules.addedClaims(outcome.claims) : {};
  const details = { clientId: id, resource: asked, jti, lifetime: rules.lifetime(), claims: added };
  return json(200, {
    access_token: await tokens.issue(scopes, details),
    expires_in: rules.lifetime(),
    token_type: 'Bearer',
    ...(scope !== '' && { scope }),
  });
};
