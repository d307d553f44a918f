import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { senderOf } from '../../src/contract/environment.ts';
import type { Target } from '../../src/contract/targets/target.ts';
import { openTenant } from '../../src/contract/targets/tenant.ts';
import {
  findRoute,
  type Operation,
  type TenantRequest,
  type TenantResponse,
} from '../../src/tenant/index.ts';
import { type ConformingOptions, type ConformingTenant, createConformingTenant } from './tenant.ts';

/** The kind of a request, as the server counts it. */
export type RequestKind = Operation | 'document' | 'other';

/**
 * Intercepts requests to the tenant.
 *
 * @param next - lets the tenant handle the request: call it never, once, or late
 * @returns the response; `reset` cuts the connection instead
 */
export type Hook = (
  request: TenantRequest,
  next: () => Promise<TenantResponse>,
) => TenantResponse | 'reset' | Promise<TenantResponse | 'reset'>;

export interface Served {
  tenant: ConformingTenant;
  /** `http://127.0.0.1:<port>`. */
  url: string;
  /** The client options to reach it, for the application with the role. */
  credentials: { endpoint: string; clientId: string; clientSecret: string };
  /** The same as environment variables of the commands. */
  env: { LOGTO_ENDPOINT: string; LOGTO_APP_ID: string; LOGTO_APP_SECRET: string };
  /** The number of requests received, including those that a hook kept from the tenant. */
  counts: Readonly<Record<RequestKind, number>>;
  /** Replaces the hook from now on; `undefined` removes it. */
  setHook(hook: Hook | undefined): void;
  close(): Promise<void>;
}

const swaggerPath = '/api/swagger.json';

const kindOf = ({ method, path }: TenantRequest): RequestKind => {
  if (path === swaggerPath) return 'document';
  const route = findRoute(method, path);
  return route !== undefined && 'operation' in route ? route.operation : 'other';
};

const toRequest = async (incoming: IncomingMessage): Promise<TenantRequest> => ({
  method: incoming.method ?? '',
  path: incoming.url ?? '',
  headers: Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  ),
  body: await buffer(incoming),
});

/** Serves a tenant on a free local port. */
export const serve = async (tenant: ConformingTenant, initialHook?: Hook): Promise<Served> => {
  let hook = initialHook;
  const counts: Record<RequestKind, number> = {
    put: 0,
    patch: 0,
    list: 0,
    get: 0,
    delete: 0,
    test: 0,
    token: 0,
    document: 0,
    other: 0,
  };

  const answer = async (request: TenantRequest): Promise<TenantResponse> =>
    request.path === swaggerPath
      ? {
          status: 200,
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: tenant.swagger,
        }
      : tenant.handle(request);

  const respond = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await toRequest(incoming);
    counts[kindOf(request)] += 1;
    const response = await (hook ?? ((_, next) => next()))(request, () => answer(request));
    if (response === 'reset') {
      incoming.socket.resetAndDestroy();
      return;
    }
    outgoing.writeHead(response.status, response.headers).end(response.body);
  };

  const server = createServer((incoming, outgoing) => {
    respond(incoming, outgoing).catch((error: unknown) => {
      const message = `this server failed, not the tenant: ${error instanceof Error ? error.stack : error}`;
      outgoing.writeHead(500, { 'content-type': 'application/json; charset=utf-8' });
      outgoing.end(JSON.stringify({ message }));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { id, secret } = tenant.clients.withRole;
  return {
    tenant,
    url,
    credentials: { endpoint: url, clientId: id, clientSecret: secret },
    env: { LOGTO_ENDPOINT: url, LOGTO_APP_ID: id, LOGTO_APP_SECRET: secret },
    counts,
    setHook: (next) => {
      hook = next;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

/** Serves a conforming tenant, of 1.43 by default, on a free local port. */
export const serveTenant = (options: Partial<ConformingOptions> = {}, hook?: Hook): Promise<Served> =>
  serve(createConformingTenant({ release: '1.43', ...options }), hook);

/** A hook whose promise resolves after this many writes of customizers. */
export const afterWrites = (writes: number): { hook: Hook; reached: Promise<void> } => {
  let seen = 0;
  let resolve: () => void = () => {};
  const reached = new Promise<void>((done) => {
    resolve = done;
  });
  return {
    reached,
    hook: async ({ method }, next) => {
      const response = await next();
      if (['PUT', 'PATCH'].includes(method)) {
        seen += 1;
        if (seen === writes) resolve();
      }
      return response;
    },
  };
};

/** A conforming tenant over HTTP as a target of the suite, authorized through its token endpoint. */
export const openConforming = async (release: string, allowDisruptive: boolean): Promise<Target> => {
  const { env, close } = await serveTenant({ release });
  return { ...(await openTenant({ sender: senderOf(env), allowDisruptive })), close };
};
