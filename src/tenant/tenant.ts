import { plainText, type TenantRequest, type TenantResponse } from './message.ts';
import { createOperations, type TenantOptions } from './operations.ts';
import { type Rules, tenantRules } from './rules.ts';
import type { Customizers } from './state.ts';
import { randomText } from './tokens.ts';

/** The model of a tenant: its customizers and its token endpoint, without a socket. */
export interface Tenant {
  /** Responds to a request. `Accept-Language` is ignored: the messages are English. */
  handle(request: TenantRequest): Promise<TenantResponse>;
  /** What is stored, by token type. */
  readonly customizers: Customizers;
  /** Stores these in place of what is stored, whatever the guards say of them. */
  reset(customizers: Customizers): Promise<void>;
}

/** A tenant that responds as the recordings of real ones do (contracts/recordings/README.md). */
export const createTenant = (options: TenantOptions): Tenant => {
  const rules: Rules = { ...tenantRules, ...options.rules };
  const store = {
    customizers: rules.toJsonb(options.customizers ?? {}),
    /** What cannot be kept has not happened. */
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

  /** The route, then who asks, then what. */
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
