import { request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { readDocument } from '../../../src/contract/recordings/index.ts';
import { type MockOptions, startMock, startPrism } from '../../../src/mock/index.ts';
import { loadPrism } from '../../../src/mock/prism.ts';
import type { TenantRequest } from '../../../src/tenant/index.ts';
import { clients, type Received, type Subject } from './exchanges.ts';

const bodyOf = (content: string, type: string | undefined): unknown =>
  type?.includes('json') && content !== '' ? JSON.parse(content) : content;

/** Sends one unmodified request over HTTP: `fetch` adds headers and refuses some bodies. */
export const askOver = (url: string, { method, path, headers, body }: TenantRequest): Promise<Received> =>
  new Promise((resolve, reject) => {
    const length = Buffer.byteLength(body);
    const form = path === '/oidc/token' && { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = Object.entries({
      ...form,
      ...headers,
      ...(length > 0 && { 'content-length': `${length}` }),
    });
    const message = send(url + path, {
      method,
      agent: false,
      headers: Object.fromEntries(sent.filter(([, value]) => value !== undefined)),
    });
    message.on('error', reject);
    message.on('response', async (response) => {
      const { statusCode = 0, headers: answered } = response;
      resolve({ status: statusCode, body: bodyOf(await text(response), answered['content-type']) });
    });
    message.end(body);
  });

export const tokenForm = (client: { id: string; secret: string }, resource: string, scope?: string): string =>
  new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: client.secret,
    resource,
    ...(scope !== undefined && { scope }),
  }).toString();

/** Our mock, over HTTP. */
export const openMock = async (options: MockOptions): Promise<Subject> => {
  const mock = await startMock({ clients: Object.values(clients), scriptTimeout: 500, ...options });
  const ask = (request: TenantRequest): Promise<Received> => askOver(mock.url, request);
  const good = await mock.token();
  const body = tokenForm(clients.withoutRole, 'https://default.logto.app/api');
  const granted = await ask({ method: 'POST', path: '/oidc/token', headers: {}, body });
  const none = (granted.body as { access_token?: string }).access_token ?? 'none';
  return {
    credentials: { clients, tokens: { issue: (scopes) => (scopes.length > 0 ? good : none) } },
    prepare: (given) => mock.reset(given),
    ask,
    close: () => mock.close(),
  };
};

/** Accepts any token and stores nothing. */
const stateless: Pick<Subject, 'credentials' | 'prepare'> = {
  credentials: { clients, tokens: { issue: (scopes) => (scopes.length > 0 ? 'good' : 'none') } },
  prepare: async () => {},
};

/** The server of `mock --prism`, over HTTP. */
export const openPrism = async (): Promise<Subject> => {
  const { url, close } = await startPrism();
  return { ...stateless, ask: (request) => askOver(url, request), close };
};

/** The same engine with the unchanged document of a tenant of this release. */
export const openVendor = async (release: string): Promise<Subject> => {
  const respond = await loadPrism(readDocument(release));
  return {
    ...stateless,
    ask: async (request) => {
      const { status, body } = await respond(request);
      return { status, body: bodyOf(body, 'json') };
    },
    close: async () => {},
  };
};
