import type { TokenError } from '../../generated/types.d.ts';
import type { Decision } from './decide.ts';

/** A machine-to-machine application that may ask for tokens. */
export interface MockClient {
  id: string;
  secret: string;
}

interface TokenRequest {
  form: URLSearchParams;
  /** The header `Authorization`. */
  authorization: string | undefined;
}

/**
 * No recording has this one: the shape is a tenant's, `message` is from Logto's phrases, `error_description` is a
 * guess from the OAuth 2.0 server that Logto runs.
 */
const guessed = (error: string, message: string, description: string): Decision => {
  const body: TokenError = { code: `oidc.${error}`, message, error, error_description: description };
  return { status: 400, body };
};

const unknownClient = (id: string): Decision => {
  const body: TokenError = {
    code: 'oidc.invalid_client',
    message: 'An OIDC error occurred: oidc.invalid_client.',
    error: 'invalid_client',
    error_description: `invalid client ${id}`,
  };
  return { status: 400, body };
};

/** RFC 6749, section 2.3.1: id and secret are form-encoded before they are joined. */
const formDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

const credentialsOf = ({ form, authorization }: TokenRequest): { id: string; secret: string } => {
  const basic = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined)
    return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const text = Buffer.from(basic, 'base64').toString();
  const colon = text.indexOf(':');
  return colon === -1
    ? { id: formDecoded(text), secret: '' }
    : { id: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) };
};

const refuseClient = (
  { id, secret }: { id: string; secret: string },
  clients: readonly MockClient[],
): Decision | undefined => {
  if (id === '')
    return guessed('invalid_request', 'Request is invalid.', 'no client authentication mechanism provided');
  const client = clients.find((candidate) => candidate.id === id);
  if (clients.length > 0 && client === undefined) return unknownClient(id);
  const isRight = client === undefined ? secret !== '' : client.secret === secret;
  return isRight ? undefined : { status: 401, example: 'token-wrong-secret' };
};

/**
 * What `POST /oidc/token` answers (contracts/recordings/token-endpoint.jsonl).
 *
 * @param clients - those that are known; of none, any id with any secret is
 */
export const decideToken = (request: TokenRequest, clients: readonly MockClient[]): Decision => {
  const refusal = refuseClient(credentialsOf(request), clients);
  if (refusal !== undefined) return refusal;
  const { form } = request;
  if (form.get('grant_type') !== 'client_credentials')
    return guessed(
      'unsupported_grant_type',
      'Unsupported `grant_type` requested.',
      'unsupported grant_type requested',
    );
  if (!form.get('resource')) return { status: 400, example: 'token-no-resource' };
  const scopes = (form.get('scope') ?? '').split(' ');
  return { status: 200, example: scopes.includes('all') ? 'token-granted' : 'token-granted-without-scope' };
};
