/** The layer above the transport: openapi-fetch, which makes every request. */
import createClient, { type Client } from 'openapi-fetch';
import type {
  JwtCustomizer,
  JwtCustomizerTestRequest,
  paths,
  TokenRequest,
  TokenType,
} from '../../../generated/types.d.ts';
import { isRecord } from '../json.ts';
import type { ApiRequest, Attempt, ReadResponse, RequestBody, Transport } from './attempt.ts';

/** openapi-fetch with the paths of the document. Each call needs an `attempt`; `responseOf` reads what it returns. */
export type Engine = Client<paths>;

export const tokenTypes: readonly TokenType[] = ['access-token', 'client-credentials'];

export const isTokenType = (value: unknown): value is TokenType => tokenTypes.includes(value as TokenType);

/** What openapi-fetch passes to `fetch`. A `Request` in its place takes 0.1 ms longer (docs/bench.md). */
class Outgoing {
  declare readonly url: string;
  declare readonly init: RequestInit & { readonly headers: Headers; readonly attempt: Attempt };

  constructor(url: string, init: Outgoing['init']) {
    this.url = url;
    this.init = init;
  }
}

const noHeaders = new Map<string, string>();

/** A response that has no body for openapi-fetch, so that openapi-fetch does not read it again. */
const sealed = (read: ReadResponse) => ({ ok: true, status: 204, headers: noHeaders, read });

/** @param endpoint - a base URL without trailing slashes */
export const createEngine = (
  endpoint: string,
  transport: Transport,
  headers: Readonly<Record<string, string>> = {},
): Engine => {
  const fetch = async ({ url, init }: Outgoing) => {
    const { attempt } = init;
    for (const [name, value] of Object.entries(attempt.headers ?? {})) init.headers.set(name, value);
    return sealed(await transport(url, init, attempt));
  };
  return createClient<paths>({
    baseUrl: endpoint,
    headers,
    Request: Outgoing as unknown as typeof Request,
    fetch: fetch as unknown as typeof globalThis.fetch,
  });
};

export const responseOf = ({ response }: { response: Response }): ReadResponse =>
  (response as unknown as ReturnType<typeof sealed>).read;

/** Makes openapi-fetch send the validated text. Its value has the type `T`, or validation is off. */
const sent = <T>(body: RequestBody | undefined) => ({
  body: body?.value as T,
  bodySerializer: () => body?.text,
});

export const createRequests = (engine: Engine) => {
  const request = (
    method: string,
    path: string,
    call: (attempt: Attempt, body: RequestBody | undefined) => Promise<{ response: Response }>,
  ): ApiRequest => ({ method, path, send: async (attempt, body) => responseOf(await call(attempt, body)) });
  const listPath = '/api/configs/jwt-customizer';
  const testPath = '/api/configs/jwt-customizer/test';
  const tokenPath = '/oidc/token';
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const customizer = (method: 'get' | 'put' | 'patch' | 'delete', tokenType: TokenType) => {
    const path = `${listPath}/${tokenType}` as const;
    return request(method.toUpperCase(), path, (attempt, body) =>
      engine.request(method, path, { attempt, ...sent<JwtCustomizer>(body) }),
    );
  };
  return {
    list: () => request('GET', listPath, (attempt) => engine.GET(listPath, { attempt })),
    get: (tokenType: TokenType) => customizer('get', tokenType),
    store: (method: 'put' | 'patch', tokenType: TokenType) => customizer(method, tokenType),
    delete: (tokenType: TokenType) => customizer('delete', tokenType),
    test: () =>
      request('POST', testPath, (attempt, body) =>
        engine.POST(testPath, { attempt, ...sent<JwtCustomizerTestRequest>(body) }),
      ),
    /** A form, for a token endpoint that may be on another host. */
    token: (baseUrl: string) =>
      request('POST', tokenPath, (attempt, body) =>
        engine.POST(tokenPath, { attempt, baseUrl, headers, ...sent<TokenRequest>(body) }),
      ),
  };
};

export const formBody = (form: Readonly<Record<string, string>>): RequestBody => ({
  text: new URLSearchParams({ ...form }).toString(),
  value: form,
});

/** Whether the response says that there is no customizer (recordings "get: absent", "delete: absent"). */
export const isMissing = ({ status, body }: ReadResponse): boolean =>
  status === 404 &&
  isRecord(body) &&
  (body['code'] === 'entity.not_exists_with_id' || body['code'] === 'entity.not_found');
