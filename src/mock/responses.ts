/** What the mock responds with, and what it keeps of the requests. */
import {
  maxBodySize,
  plainText,
  randomText,
  type TenantRequest,
  type TenantResponse,
} from '../tenant/index.ts';
import type { Respond } from './server.ts';
import type { SignedTokens } from './signed-tokens.ts';

/** The responses that need no token, by path: how an API finds the key that verifies tokens, and the document. */
export const publicResponses = (
  issuer: () => string,
  { jwks }: Pick<SignedTokens, 'jwks'>,
  document: string,
): Record<string, () => string> => ({
  '/oidc/jwks': () => JSON.stringify(jwks),
  '/oidc/.well-known/openid-configuration': () =>
    JSON.stringify({
      issuer: issuer(),
      jwks_uri: `${issuer()}/jwks`,
      token_endpoint: `${issuer()}/token`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES384'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      scopes_supported: ['all'],
    }),
  '/api/swagger.json': () => document,
});

/** What the responses are made from. */
interface Sources {
  /** Those that need no token, by path. */
  publicResponses: Record<string, () => string>;
  /** The model of a tenant. */
  handle: (request: TenantRequest) => Promise<TenantResponse>;
}

/** The model judges a body by its size itself: of one that is too large, the size is all that it needs. */
const tooLarge = new Uint8Array(maxBodySize + 1);

/** Responds as a tenant does. */
export const createRespond = ({ publicResponses, handle }: Sources): Respond => {
  const describe = (method: string, body: string): TenantResponse => {
    const headers = { 'logto-core-request-id': randomText(16) };
    return method === 'GET' || method === 'HEAD'
      ? { status: 200, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body }
      : plainText(405, 'Method Not Allowed', { ...headers, allow: 'HEAD, GET' });
  };
  return async ({ method, path, pathname, headers, readBody }) => {
    const known = Object.hasOwn(publicResponses, pathname) ? publicResponses[pathname] : undefined;
    if (known !== undefined) return describe(method, known());
    return handle({ method, path, headers, body: (await readBody()) ?? tooLarge });
  };
};

/** A request that a mock has responded to. */
export interface RecordedRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** By name in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** As text; `''` when there was none, or it was too large. */
  body: string;
  status: number;
}

/** How many are kept, and how many characters of their bodies: beyond, the oldest are forgotten. */
const most = 1_000;
const mostText = 16 * 2 ** 20;

/** Keeps the requests, beside responding to them. */
export const keepRequests = (
  respond: Respond,
): { respond: Respond; kept: readonly RecordedRequest[]; forget: () => void } => {
  const kept: RecordedRequest[] = [];
  let text = 0;
  return {
    kept,
    forget: () => {
      kept.length = 0;
      text = 0;
    },
    respond: async (request) => {
      let bytes: Uint8Array | undefined;
      const readBody = async (): Promise<Uint8Array | undefined> => {
        bytes = await request.readBody();
        return bytes;
      };
      const response = await respond({ ...request, readBody });
      const { method, pathname: path, headers } = request;
      const body = new TextDecoder().decode(bytes);
      kept.push({ method, path, headers, body, status: response.status });
      text += body.length;
      while (kept.length > most || text > mostText) text -= kept.shift()?.body.length ?? 0;
      return response;
    },
  };
};
