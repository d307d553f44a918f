import type { BodyGuards } from './guards.ts';
import { plainText, type TenantRequest, type TenantResponse, textOf } from './message.ts';
import { createOperations, type Scripts } from './operations.ts';
import { type Rules, tenantRules } from './rules.ts';
import { applicationContext } from './script-outcome.ts';
import type { Customizers } from './state.ts';
import { respondToTokenRequest, type TenantClient, type TokenSources } from './token-endpoint.ts';
import { createOpaqueTokens, type OpaqueTokens, randomText, type Tokens } from './tokens.ts';

export interface TenantOptions<T extends Tokens = OpaqueTokens> {
  /** The release of Logto, for example `1.42`. From 1.28 on. */
  release: string;
  /** Of that release. */
  guards: BodyGuards;
  scripts: Scripts;
  /** The applications, or a function that knows one by its id. */
  clients: readonly TenantClient[] | ((id: string) => TenantClient | undefined);
  /** The resource indicator of the Management API. */
  resource: string;
  /**
   * The resource indicators of other APIs, for which tokens are granted with every scope that is asked for.
   * @default none
   */
  otherResources?: readonly string[];
  /**
   * What is stored at first.
   * @default nothing
   */
  customizers?: Customizers;
  /** @default opaque ones in memory */
  tokens?: T;
  /** Is told what is stored from now on, before that is answered. What throws undoes the change. */
  onChange?: (customizers: Customizers) => void | Promise<void>;
  /**
   * Awaited by every write between its read and its write. A tenant takes no lock: of two PATCHes at the same time
   * one is lost, and both are answered 200. Without this, they never meet.
   * @default nothing
   */
  pause?: () => Promise<void>;
  /** Rules in place of a tenant's own, for a tenant that is wrong on purpose. */
  rules?: Partial<Rules>;
}

/** What of a stored customizer its script runs with. */
interface StoredScript {
  script: string;
  environmentVariables?: Record<string, string>;
}

/** The model of a tenant: its customizers and its token endpoint, without a socket. */
export interface Tenant<T extends Tokens = OpaqueTokens> {
  /** Answers a request. `Accept-Language` is ignored: the messages are English. */
  handle(request: TenantRequest): Promise<TenantResponse>;
  /** What is stored, by token type. */
  readonly customizers: Customizers;
  /** Stores these in place of what is stored, whatever the guards say of them. */
  reset(customizers: Customizers): Promise<void>;
  readonly tokens: T;
}

/**
 * A tenant that answers as the recordings of real ones do (contracts/recordings/README.md).
 *
 * @throws {Error} when `release` is not written as in `1.42`.
 */
export const createTenant = <T extends Tokens = OpaqueTokens>(options: TenantOptions<T>): Tenant<T> => {
  const { release, scripts, clients, resource, otherResources = [], onChange } = options;
  const rules: Rules = { ...tenantRules, ...options.rules };
  const tokens = options.tokens ?? (createOpaqueTokens() as Tokens as T);
  const state = { customizers: rules.toJsonb(options.customizers ?? {}) };
  /** What cannot be kept has not happened. */
  const keep = async (customizers: Customizers): Promise<void> => {
    const before = state.customizers;
    state.customizers = customizers;
    try {
      await onChange?.(customizers);
    } catch (error) {
      state.customizers = before;
      throw error;
    }
  };
  const operations = createOperations({
    rules,
    guards: options.guards,
    release,
    scripts,
    pause: options.pause,
    state,
    keep,
  });

  const startedAt = Date.now();
  const sources: TokenSources = {
    clients: typeof clients === 'function' ? clients : (id) => clients.find((client) => client.id === id),
    resource,
    otherResources,
    tokens,
    release,
    customize: async (token) => {
      const customizer = state.customizers['client-credentials'] as StoredScript | undefined;
      if (customizer === undefined) return undefined;
      const { script, environmentVariables } = customizer;
      const context = applicationContext(token.clientId, release, startedAt);
      return scripts.issue({ tokenType: 'client-credentials', script, token, context, environmentVariables });
    },
  };

  /** The route, then who asks, then what. */
  const respond = async (request: TenantRequest): Promise<TenantResponse> => {
    const route = rules.findRoute(request.method, request.path);
    if (route === undefined) return plainText(404, 'Not Found');
    if ('allow' in route) return plainText(405, 'Method Not Allowed', { allow: route.allow });
    const { authorization } = request.headers;
    if (route.operation === 'token') {
      const form = new URLSearchParams(textOf(request.body));
      return respondToTokenRequest(form, authorization, sources, rules);
    }
    const refused = await rules.refuseAuthorization(authorization, tokens.scopesOf);
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
      return state.customizers;
    },
    reset: (customizers) => keep(rules.toJsonb(customizers)),
    tokens,
  };
};
