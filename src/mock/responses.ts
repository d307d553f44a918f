/** The mock's responses outside the tenant model, and the requests that it keeps. */
import {
  json,
  maxBodySize,
  plainText,
  randomText,
  type TenantRequest,
  type TenantResponse,
  textOf,
} from '../tenant/index.ts';
import type { Respond } from './server.ts';

const pathnameOf = ({ path }: TenantRequest): string => path.split('?')[0] ?? '';

/** Responds to paths that need no token: discovery, the keys that verify tokens, and the document. */
export const withPublic = (
  issuer: () => string,
  jwks: object,
  document: object,
  respond: Respond,
): Respond => {
  const configuration = () => ({
    issuer: issuer(),
    jwks_uri: `${issuer()}/jwks`,
    token_endpoint: `${issuer()}/token`,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES384'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    scopes_supported: ['all'],
  });
  const bodies = new Map<string, () => object>([
    ['/oidc/jwks', () => jwks],
    ['/oidc/.well-known/openid-configuration', configuration],
    ['/api/swagger.json', () => document],
  ]);
  return async (request) => {
    const body = bodies.get(pathnameOf(request));
    if (body === undefined) return respond(request);
    const headers = { 'logto-core-request-id': randomText(16) };
    return request.method === 'GET' || request.method === 'HEAD'
      ? json(200, body(), headers)
      : plainText(405, 'Method Not Allowed', { ...headers, allow: 'HEAD, GET' });
  };
};

/** A request that a mock has responded to. */
export interface RecordedRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** By name in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** As a string; `''` if there was none or it was too large. */
  body: string;
  status: number;
}

/** The most requests kept, and the most characters in their bodies: beyond either, the oldest are dropped. */
const most = 1_000;
const mostText = 16 * 2 ** 20;

/** Keeps each request after responding to it. */
export const keepRequests = (respond: Respond) => {
  const kept: RecordedRequest[] = [];
  let text = 0;
  return {
    kept: kept as readonly RecordedRequest[],
    forget: (): void => {
      kept.length = 0;
      text = 0;
    },
    respond: async (request: TenantRequest): Promise<TenantResponse> => {
      const response = await respond(request);
      const { method, headers, body: sent } = request;
      const body = sent.length > maxBodySize ? '' : textOf(sent);
      kept.push({ method, path: pathnameOf(request), headers, body, status: response.status });
      text += body.length;
      while (kept.length > most || text > mostText) text -= kept.shift()?.body.length ?? 0;
      return response;
    },
  };
};
