import type { Runner, ScriptRequest } from '../runner/index.ts';
import type { BodyGuards } from './guards.ts';
import { empty, json, plainText, type TenantRequest, type TenantResponse, textOf } from './message.ts';
import type { Operation } from './routes.ts';
import type { Rules } from './rules.ts';
import type { Customizer, Customizers, TokenType } from './state.ts';
import { credentialsOf, requestedScopes, type TenantClient } from './token-endpoint.ts';
import { randomText, type Tokens } from './tokens.ts';

/** Runs scripts as the release does: `src/runner/`, or a test's replacement. */
export type Scripts = Pick<Runner, 'test' | 'issue'>;

export interface TenantOptions {
  /** The release of Logto, for example `1.42`. From 1.28 on. */
  release: string;
  /** The guards of that release. */
  guards: BodyGuards;
  scripts: Scripts;
  /** The applications, or a function that finds one by its id. */
  clients: readonly TenantClient[] | ((id: string) => TenantClient | undefined);
  /** The resource indicator of the Management API. */
  resource: string;
  /**
   * The resource indicators of other APIs. Their tokens are granted every requested scope.
   * @default none
   */
  otherResources?: readonly string[];
  /**
   * The customizers stored at the start.
   * @default none
   */
  customizers?: Customizers;
  tokens: Tokens;
  /** Called with the new customizers before the response is sent. If it throws, the change is undone. */
  onChange?: (customizers: Customizers) => void | Promise<void>;
  /**
   * Awaited by every write between its read and its write. A tenant takes no lock: of two simultaneous PATCHes one is
   * lost, and both get 200. Without this, writes never overlap.
   * @default none
   */
  pause?: () => Promise<void>;
  /** Rules that replace a tenant's own, for a deliberately wrong tenant. */
  rules?: Partial<Rules>;
}

/** A tenant's storage. */
interface Store {
  readonly customizers: Customizers;
  /** Replaces everything stored. */
  keep(customizers: Customizers): Promise<void>;
}

type Respond = (request: TenantRequest, tokenTypePath: string) => TenantResponse | Promise<TenantResponse>;

/**
 * The operations of a tenant; those on customizers run after authorization. Each performs its checks in a tenant's
 * order: parsing the body, the path, the guard, existence, storage (Logto's koaGuard reads the body before it validates
 * the path).
 */
export const createOperations = (
  { release, guards, scripts, clients, resource, otherResources = [], tokens, pause }: TenantOptions,
  rules: Rules,
  store: Store,
): Record<Operation, Respond> => {
  const startedAt = Date.now();

  /** Tenants return what is stored through the guard, which puts known fields in its own order. */
  const shown = (tokenType: TokenType): Customizer => {
    const result = rules.validate(guards.customizers[tokenType], store.customizers[tokenType]);
    return (result.success ? result.data : store.customizers[tokenType]) as Customizer;
  };

  /** Parses a body before any guard runs: one that is too large gets the same 404 as a wrong path. */
  const receive = ({ headers, body }: TenantRequest): { value: unknown } | { refusal: TenantResponse } => {
    if (rules.isTooLarge(body)) return { refusal: plainText(404, 'Not Found') };
    const parsed = rules.parseBody(textOf(body), headers['content-type']);
    return 'message' in parsed ? { refusal: json(400, parsed) } : parsed;
  };

  /** Only GET has an ETag and responds with 304; HEAD has neither. */
  const read = ({ method, headers }: TenantRequest, value: unknown): TenantResponse => {
    const response = json(200, value);
    if (method !== 'GET') return response;
    const etag = rules.etagOf(response.body);
    return rules.isFresh(headers, etag)
      ? empty(304, { etag })
      : { ...response, headers: { ...response.headers, etag } };
  };

  /** An operation on the customizer in the path. */
  const onTokenType =
    (respond: (tokenType: TokenType, request: TenantRequest) => ReturnType<Respond>): Respond =>
    (request, tokenTypePath) => {
      const path = rules.readTokenType(tokenTypePath);
      return 'refusal' in path ? path.refusal : respond(path.tokenType, request);
    };

  const write =
    (operation: 'put' | 'patch'): Respond =>
    (request, tokenTypePath) => {
      const received = receive(request);
      if ('refusal' in received) return received.refusal;
      return onTokenType(async (tokenType) => {
        const result = rules.validate(guards.customizers[tokenType], received.value);
        if (!result.success) return rules.refuseIssues(result.issues);
        const sent = result.data as Customizer;
        const stored = store.customizers[tokenType];
        if (operation === 'patch' && stored === undefined) return rules.missing(tokenType);
        if (pause !== undefined) await pause();
        const value = operation === 'patch' ? rules.merge(stored ?? {}, sent) : rules.replace(stored, sent);
        const refused = rules.refuseStorage(value);
        if (refused !== undefined) return refused;
        await store.keep(rules.store(store.customizers, tokenType, rules.toJsonb(value)));
        return json(rules.writeStatus(operation, stored !== undefined), shown(tokenType));
      })(request, tokenTypePath);
    };

  return {
    put: write('put'),
    patch: write('patch'),
    list: (request) => {
      const existing = Object.keys(store.customizers) as TokenType[];
      return read(request, rules.list(Object.fromEntries(existing.map((one) => [one, shown(one)]))));
    },
    get: onTokenType((tokenType, request) =>
      store.customizers[tokenType] === undefined ? rules.missing(tokenType) : read(request, shown(tokenType)),
    ),
    delete: onTokenType(async (tokenType) => {
      if (store.customizers[tokenType] === undefined) return rules.nothingToDelete(tokenType);
      await store.keep(rules.remove(store.customizers, tokenType));
      return empty(rules.deleteStatus());
    }),
    test: async (request) => {
      const received = receive(request);
      if ('refusal' in received) return received.refusal;
      const result = rules.validate(guards.testRequest, received.value);
      return result.success
        ? rules.respondToTest(await scripts.test(result.data as ScriptRequest), release)
        : rules.refuseIssues(result.issues);
    },
    /** contracts/recordings/token-endpoint.jsonl: the client is checked before the grant. */
    token: async ({ body, headers }) => {
      const form = new URLSearchParams(textOf(body));
      const { id, secret } = credentialsOf(form, headers['authorization']);
      const client = typeof clients === 'function' ? clients(id) : clients.find((one) => one.id === id);
      const refused =
        rules.refuseClient(id, secret, client) ?? rules.refuseGrant(form, [resource, ...otherResources]);
      if (refused !== undefined) return refused;
      const aud = form.get('resource') ?? '';
      const scopes = aud === resource ? rules.grantedScopes(form, client) : requestedScopes(form);
      const scope = scopes.length > 0 ? { scope: scopes.join(' ') } : {};
      const jti = randomText(21);
      const customizer: Partial<ScriptRequest> = store.customizers['client-credentials'] ?? {};
      const { script, environmentVariables } = customizer;
      // The arguments of the script: contracts/recordings/arguments.jsonl.
      const outcome =
        script === undefined
          ? undefined
          : await scripts.issue({
              script,
              environmentVariables,
              tokenType: 'client-credentials',
              token: { jti, kind: 'ClientCredentials', clientId: id, aud, ...scope },
              context: rules.applicationContext(id, release, startedAt),
            });
      const kept = outcome && rules.refuseIssue(outcome, release);
      if (kept !== undefined) return kept;
      const claims = outcome !== undefined && 'claims' in outcome ? rules.addedClaims(outcome.claims) : {};
      const lifetime = rules.lifetime();
      return json(200, {
        access_token: await tokens.issue(scopes, { clientId: id, resource: aud, jti, lifetime, claims }),
        expires_in: lifetime,
        token_type: 'Bearer',
        ...scope,
      });
    },
  };
};
