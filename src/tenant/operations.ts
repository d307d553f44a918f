import { z } from '../../generated/zod.js';
import type { Runner, ScriptRequest } from '../runner/index.ts';
import type { Directory, TenantOrganization, TenantUser } from './directory.ts';
import type { BodyGuard, BodyGuards, ZodIssue } from './guards.ts';
import { type Issued, introspect, subjectTokenLifetime } from './issued.ts';
import { empty, json, plainText, type TenantRequest, type TenantResponse, textOf } from './message.ts';
import type { Operation } from './routes.ts';
import type { Rules } from './rules.ts';
import type { Customizer, Customizers, TokenType } from './state.ts';
import { isPublic, type TenantClient, tokenExchange } from './token-endpoint.ts';
import type { Tokens } from './tokens.ts';

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
   * The value of `iss`, asked for with each token.
   * @default that of Logto's documentation
   */
  issuer?: () => string;
  /**
   * The resource indicators of other APIs. Their tokens are granted every requested scope.
   * @default none
   */
  otherResources?: readonly string[];
  /**
   * The users that tokens are issued for.
   * @default none
   */
  users?: readonly TenantUser[];
  /**
   * @default those that the users name
   */
  organizations?: readonly TenantOrganization[];
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
  /** Gets a line when a script keeps a token from being issued, or adds no claims to it: why, and where in the script. */
  log?: (line: string) => void;
  /** Rules that replace a tenant's own, for a deliberately wrong tenant. */
  rules?: Partial<Rules>;
}

/** What becomes of a request for a token, of a client that may ask for it. */
type Grant = (form: URLSearchParams, client: TenantClient) => Promise<TenantResponse>;

/** Who gets tokens, and those that they got. */
interface People {
  directory: Directory;
  issued: Issued;
  grants: Record<'clientCredentials' | 'exchange', Grant>;
}

/** Other fields are dropped, as for all bodies of tenants. */
const subjectTokenSchema = z.object({ userId: z.string(), context: z.record(z.unknown()).optional() });
const subjectTokenGuard: BodyGuard = (body) => {
  const { success, data, error } = subjectTokenSchema.safeParse(body);
  return success ? { success, data } : { success, issues: error.issues as ZodIssue[] };
};

const documentedIssuer = (): string => 'https://default.logto.app/oidc';

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
  options: TenantOptions,
  rules: Rules,
  store: Store,
  { directory, issued, grants }: People,
): Record<Operation, Respond> => {
  const { release, guards, scripts, clients, pause, issuer = documentedIssuer } = options;

  /** Tenants return what is stored through the guard, which puts known fields in its own order. */
  const shown = (tokenType: TokenType): Customizer => {
    const result = rules.validate(guards.customizers[tokenType], store.customizers[tokenType]);
    return (result.success ? result.data : store.customizers[tokenType]) as Customizer;
  };

  /** Parses a body before any guard runs: one that is too large gets the same 404 as a wrong path. */
  const receive = ({ headers, body }: TenantRequest): { value: unknown } | { refusal: TenantResponse } => {
    const type = headers['content-type'];
    const refusal = rules.refuseEncoding(headers['content-encoding']);
    if (refusal !== undefined) return { refusal };
    if (rules.isTooLarge(body, type))
      return {
        refusal: { ...plainText(404, 'Not Found'), reason: 'the body is larger than a tenant reads' },
      };
    const parsed = rules.parseBody(textOf(body), type, release);
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

  /** Whose request to the token endpoint it is (token-endpoint.jsonl: the client is checked before the grant). */
  const authenticate = (
    request: TenantRequest,
  ): { form: URLSearchParams; application: TenantClient } | { refusal: TenantResponse } => {
    const read = rules.readForm(request, release);
    if ('refusal' in read) return read;
    const { form } = read;
    const credentials = rules.credentialsOf(form, request.headers['authorization'], release);
    if ('refusal' in credentials) return credentials;
    const { id, secret, by } = credentials;
    const application = typeof clients === 'function' ? clients(id) : clients.find((one) => one.id === id);
    const refusal = rules.refuseMechanism(application, by) ?? rules.refuseClient(id, secret, application);
    if (refusal !== undefined)
      return {
        refusal: refusal.status === 401 && by === 'basic' ? rules.withChallenge(refusal, issuer()) : refusal,
      };
    return { form, application: application ?? { id, hasRole: false } };
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
    subjectToken: (request) => {
      const received = receive(request);
      if ('refusal' in received) return received.refusal;
      const result = rules.validate(subjectTokenGuard, received.value);
      if (!result.success) return rules.refuseIssues(result.issues);
      const { userId, context = {} } = result.data as { userId: string; context?: object };
      const refused = rules.refuseStorage({ userId, context });
      if (refused !== undefined) return refused;
      if (userId === '') return json(500, { message: 'Internal server error.' });
      if (directory.user(userId) === undefined)
        return json(404, {
          code: 'entity.relation_foreign_key_not_found',
          message:
            'Cannot find one or more foreign keys. Please check the input and ensure that all referenced entities exist.',
        });
      const token = issued.addSubjectToken(userId, context);
      return json(201, { subjectToken: token, expiresIn: subjectTokenLifetime });
    },
    token: async (request) => {
      const client = authenticate(request);
      if ('refusal' in client) return client.refusal;
      const { form, application } = client;
      const refused = rules.refuseGrant(form, application, release);
      if (refused !== undefined) return refused;
      return form.get('grant_type') === tokenExchange
        ? grants.exchange(form, application)
        : grants.clientCredentials(form, application);
    },
    introspection: (request) => {
      const client = authenticate(request);
      if ('refusal' in client) return client.refusal;
      const { form, application } = client;
      const refused = rules.refuseTwice(form, ['token']) ?? rules.refuseMissing(form, ['token']);
      if (refused !== undefined) return refused;
      const token = form.get('token') ?? '';
      const found = issued.userToken(token);
      const isShown = !isPublic(application) || found?.clientId === application.id;
      return introspect(token, isShown ? found : undefined, release, issuer());
    },
    leftOut: ({ path }) =>
      json(501, { message: `The model of a tenant does not have ${path.split('?')[0]}.` }),
  };
};
