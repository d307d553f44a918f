import { createDirectory, type TenantUser } from './directory.ts';
import { accessTokenType, createGrants } from './grants.ts';
import { createIssued } from './issued.ts';
import { plainText, type TenantRequest, type TenantResponse } from './message.ts';
import { createOperations, type TenantOptions } from './operations.ts';
import type { Operation } from './routes.ts';
import { type Rules, tenantRules } from './rules.ts';
import type { Customizers } from './state.ts';
import { randomText } from './tokens.ts';

/** What a user's token is for. */
export interface UserTokenRequest {
  /** The id of one of the users, or another user, who is one from now on. */
  user: string | TenantUser;
  /** The resource indicator of an API. Without it, and without an organization, the token is opaque. */
  resource?: string;
  /** @default none */
  scopes?: readonly string[];
  /** The id of an organization. */
  organization?: string;
  /** What scripts get as `context.grant.subjectTokenContext`. @default {} */
  context?: object;
}

/** The model of a tenant: its customizers and its token endpoint, without a socket. */
export interface Tenant {
  /** Responds to a request. `Accept-Language` is ignored: messages are always in English. */
  handle(request: TenantRequest): Promise<TenantResponse>;
  /** The stored customizers, by token type. */
  readonly customizers: Customizers;
  /** Issues a token to a user as token exchange does, to an application of this model's own. */
  userToken(request: UserTokenRequest): Promise<TenantResponse>;
  /** Replaces everything stored, without validation. */
  reset(customizers: Customizers): Promise<void>;
}

/** Those that are not of the Management API. */
const ofOidc = new Set<Operation>(['token', 'introspection', 'leftOut']);

/** To any other a tenant says that it does not implement it (contracts/recordings/README.md). */
const known = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']);

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
  const { release, users = [], organizations = [], otherResources: [api] = [] } = options;
  const directory = createDirectory(release, organizations, api);
  for (const user of users) directory.addUser(user);
  const issued = createIssued();
  const grants = createGrants(options, rules, store, directory, issued);
  const operations = createOperations(options, rules, store, { directory, issued, grants });

  /** Checks the route, then authorization, then the request. */
  const respond = async (request: TenantRequest): Promise<TenantResponse> => {
    const route = rules.findRoute(request.method, request.path);
    if (route === undefined) return plainText(404, 'Not Found');
    if ('oidcPath' in route) return rules.refuseMethod(request, route.oidcPath);
    if ('allow' in route && !known.has(request.method)) return plainText(501, 'Not Implemented');
    if ('allow' in route)
      return request.method === 'OPTIONS'
        ? plainText(200, '', { allow: route.allow })
        : plainText(405, 'Method Not Allowed', { allow: route.allow });
    const refused = ofOidc.has(route.operation)
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
    userToken: async ({ user, resource, scopes = [], organization, context = {} }) => {
      const { id } = typeof user === 'string' ? { id: user } : directory.addUser(user);
      const form = {
        subject_token: issued.addSubjectToken(id, context),
        subject_token_type: accessTokenType,
        ...(resource !== undefined && { resource }),
        ...(organization !== undefined && { organization_id: organization }),
        scope: scopes.join(' '),
      };
      return grants.exchange(new URLSearchParams(form), { id: 'mock', hasRole: false, type: 'Traditional' });
    },
    get customizers() {
      return store.customizers;
    },
    reset: (customizers) => store.keep(rules.toJsonb(customizers)),
  };
};
