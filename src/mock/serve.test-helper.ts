import { onTestFinished } from 'vitest';
import { type Mock, type MockOptions, startMock } from './index.ts';

export const base = '/api/configs/jwt-customizer';

export const script = 'const getCustomJwtClaims = async () => ({ plan: "pro" });';

/** Starts a mock that closes when the test ends. */
export const start = async (options: MockOptions = {}): Promise<Mock> => {
  const mock = await startMock(options);
  onTestFinished(() => mock.close());
  return mock;
};

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** A body that is sent unchanged. */
  raw?: string;
}

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  body: unknown;
}

const read = async (response: Response): Promise<Answered> => {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text !== '' ? JSON.parse(text) : undefined,
  };
};

/** Sends a request, authorized unless `headers` override it; JSON responses are parsed. */
export const call = async (
  mock: Pick<Mock, 'url' | 'token'>,
  path: string,
  { method = 'GET', headers, body, raw }: Call = {},
): Promise<Answered> =>
  read(
    await fetch(mock.url + path, {
      method,
      headers: {
        authorization: `Bearer ${await mock.token()}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(raw !== undefined && { body: raw }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );

export const managementApi = 'https://default.logto.app/api';

/** Requests a token. */
export const askToken = async (url: string, form: Record<string, string> = {}): Promise<Answered> =>
  read(
    await fetch(`${url}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'any',
        client_secret: 'any',
        resource: managementApi,
        scope: 'all',
        ...form,
      }),
    }),
  );
