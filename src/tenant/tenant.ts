import { plainText, type TenantRequest, type TenantResponse } from './message.ts';
import { createOperations, type TenantOptions } from './operations.ts';
import { type Rules, tenantRules } from './rules.ts';
import type { Customizers } from './state.ts';
import { randomText } from './tokens.ts';

/** The model of a tenant: its customizers and its token endpoint, without a socket. */
export interface Tenant {
  /** Responds to a request. `Accept-Language` is ignored: messages are always in English. */
  handle(request: TenantRequest): Promise<TenantResponse>;
  /** The stored customizers, by token type. */
  readonly customizers: Customizers;
  /** Replaces everything stored, without validation. */
  reset(customizers: Customizers): Promise<void>;
}

/** A tenant that responds as real ones did when they were recorded (contracts/recordings/README.md). */
export const createTenant = (options: TenantOptions): Tenant => {
  const rules: Rules = { ...tenantRules, ...options.rules };
  const store = {
    customizers: rules.toJsonb(options.customizers ?? {}),
    /** Undoes the change if it cannot be kept. */
    keep: async (customizers: Customizers): Promise<void> => {
      const before = store.customizers;
      store.customizers = customizers;
      try {
        await options.onChange?.(customizers);
      } catch (error) {
        store.customizers = before;
        throw error;
      }
    },
  };
  const operations = createOperations(options, rules, store);

  /** Checks the route, then authorization, then the request. */
  const respond = async (request: TenantRequest): Promise<TenantResponse> => {
    const route = rules.findRoute(request.method, request.path);
    if (route === undefined) return plainText(404, 'Not Found');
    if ('allow' in route) return plainText(405, 'Method Not Allowed', { allow: route.allow });
    const refused =
      route.operation === 'token'
        ? undefined
        : await rules.refuseAuthorization(request.headers['authorization'], options.tokens.scopesOf);
    return refused ?? operations[route.operation](request, route.tokenTypePath);
  };

  return {
    handle: async (request) => {
      const { status, headers, body } = await respond(request);
      return {
        status,
        headers: { ...headers, vary: 'Accept-Encoding, Origin', 'logto-core-request-id': randomText(16) },
        body: request.method === 'HEAD' ? '' : body,
      };
    },
    get customizers() {
      return store.customizers;
    },
    reset: (customizers) => store.keep(rules.toJsonb(customizers)),
  };
};
