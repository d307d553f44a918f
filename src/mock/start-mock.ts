import type { AccessTokenJwtCustomizer, ClientCredentialsJwtCustomizer } from '../../generated/types.d.ts';
import { InvalidOptionError } from '../client/errors.ts';
import { createRunner } from '../runner/index.ts';
import { isBefore } from '../runner/release.ts';
import {
  type ApplicationType,
  type Customizers,
  createTenant,
  guardsOfRelease,
  type JsonSchemas,
  randomText,
  type TenantOrganization,
  type TenantUser,
  type UserTokenRequest,
} from '../tenant/index.ts';
import { newest, readDocument } from './document.ts';
import { withReason } from './reason.ts';
import { keepRequests, type RecordedRequest, withPublic } from './responses.ts';
import { checkSeed } from './seed.ts';
import { serve } from './server.ts';
import { createSignedTokens } from './signed-tokens.ts';
import { createStateFile, holdFile } from './state-file.ts';
import { checkOrganizations, checkUsers } from './users.ts';
import { vendorDocument } from './vendor-document.ts';

/** An application that may request tokens. */
export interface MockClient {
  id: string;
  /** Left out for those of the types SPA and Native, which have none. */
  secret?: string;
  /**
   * Whether it has a role with the permission `all` of the Management API.
   * @default true
   */
  hasRole?: boolean;
  /**
   * With a type it gets the tokens that Logto gives such an application.
   * @default client credentials and token exchange
   */
  type?: ApplicationType;
  /**
   * Whether an application with a type may exchange tokens, from 1.37 on.
   * @default false
   */
  allowTokenExchange?: boolean;
}

/** The customizers that are stored, by token type. */
export interface MockState {
  'access-token'?: AccessTokenJwtCustomizer;
  'client-credentials'?: ClientCredentialsJwtCustomizer;
}

export interface MockOptions {
  /**
   * The port to listen on; 0 lets the system choose.
   * @default 0
   */
  port?: number;
  /**
   * The address to listen on. Anyone who can reach the mock can run scripts with the permissions of this process.
   * @default '127.0.0.1'
   */
  host?: string;
  /**
   * The release of Logto that is mocked, from `1.28` on: its validation, and how it runs scripts.
   * @default the newest that the document describes
   */
  release?: string;
  /**
   * The initial customizers, by token type or in the format of `GET /api/configs/jwt-customizer`.
   * @default none
   */
  seed?: Customizers | readonly unknown[];
  /**
   * A file that keeps the customizers across restarts, for one mock at a time; `seed` applies only if it does not exist
   * yet.
   * @default none, the customizers are lost when the mock closes
   */
  stateFile?: string;
  /**
   * The applications that `POST /oidc/token` accepts. Without them, any client id with any secret gets a token.
   * @default []
   */
  clients?: readonly MockClient[];
  /**
   * The resource indicators of your own APIs. Their tokens are granted every requested scope.
   * @default []
   */
  resources?: readonly string[];
  /**
   * The users that tokens are issued for, in the shape of `context.user`. What is left out is completed.
   * @default []
   */
  users?: readonly TenantUser[];
  /**
   * Their organizations.
   * @default those that the users name
   */
  organizations?: readonly TenantOrganization[];
  /**
   * Milliseconds after which a script is stopped. The message in the response does not depend on it.
   * @default 3000 up to 1.42, 5000 from 1.43 on
   */
  scriptTimeout?: number;
  /**
   * Called with a line for each request: method, path, status, milliseconds, and the reason of a refusal. A script that
   * fails, denies or loses its claims gets a line too, with the reason. No line has a body, query or secret.
   * @default no logging
   */
  log?: (line: string) => void;
}

/** A running mock. */
export interface Mock {
  /** Without a trailing slash: `http://127.0.0.1:41234`. */
  url: string;
  /** Issues an access token of the Management API without running the stored script. */
  token(): Promise<string>;
  /**
   * An access token of a user, by token exchange: the stored access-token script runs, and its claims are in the token.
   * Without `resource` and `organization` the token is opaque, and introspection shows them.
   *
   * @throws {Error} when a tenant refuses: the user is not known, not a member, the script denies; the message says why
   */
  userToken(request: UserTokenRequest): Promise<string>;
  /** The stored customizers, by token type. */
  state(): MockState;
  /**
   * Replaces all customizers with a seed and forgets the requests.
   *
   * @throws {Error} when the seed is invalid, as `startMock` does
   */
  reset(seed?: Customizers | readonly unknown[]): Promise<void>;
  /**
   * The requests that the mock received, oldest first: the last 1,000, or fewer if their bodies exceed 16 million
   * characters. Headers and bodies can contain secrets.
   */
  requests(): readonly RecordedRequest[];
  /** Stops listening and waits up to 2 s for requests in flight. Can be called again. */
  close(): Promise<void>;
}

/** A self-hosted Logto's Management API. */
const resource = 'https://default.logto.app/api';

/** That of the vendor's documented page. */
const oldest = '1.28';

const start = async (options: MockOptions): Promise<Mock> => {
  const { clients = [], resources = [] } = options;
  const [, release = ''] = /^(1\.\d\d)(?:\.\d+)?$/.exec(options.release ?? newest) ?? [];
  if (release === '' || isBefore(release, oldest) || isBefore(newest, release))
    throw new InvalidOptionError(
      'release',
      `must be a release of Logto from ${oldest} to ${newest}, for example 1.42, not ${JSON.stringify(options.release)}`,
    );
  const { components } = JSON.parse(await readDocument('openapi.json')) as {
    components: { headers: { LogtoCoreRequestId: { example: string } }; schemas: JsonSchemas };
  };
  const own = { clientId: 'mock', subject: 'mock' };
  let url = '';
  const issuer = (): string => `${url}/oidc`;
  const headers = { 'Logto-Core-Request-Id': components.headers.LogtoCoreRequestId.example };

  const guards = guardsOfRelease(release, components.schemas);
  const file = options.stateFile === undefined ? undefined : createStateFile(options.stateFile);
  const stored = await file?.read();
  const customizers =
    stored === undefined
      ? checkSeed(options.seed ?? {}, guards)
      : checkSeed(stored, guards, options.stateFile);
  // Now, not at the first request, is when a person learns that it cannot be written.
  if (stored === undefined) await file?.write(customizers);
  const tokens = await createSignedTokens(issuer, resource);
  const runner = createRunner({
    release,
    ...(options.scriptTimeout !== undefined && { timeout: options.scriptTimeout }),
  });
  const tenant = createTenant({
    clients:
      clients.length === 0
        ? (id) => ({ id, hasRole: true })
        : clients.map((client) => ({ hasRole: true, ...client })),
    release,
    guards,
    scripts: runner,
    resource,
    otherResources: resources,
    users: checkUsers(options.users ?? [], guards),
    organizations: checkOrganizations(options.organizations ?? []),
    issuer,
    customizers,
    tokens,
    ...(file && { onChange: file.write }),
    ...(options.log && { log: options.log }),
  });

  const { respond, kept, forget } = keepRequests(
    withPublic(issuer, tokens.jwks, await vendorDocument(release, clients.length === 0), tenant.handle),
  );
  const server = await serve(async (request) => withReason(await respond(request)), options, headers);
  url = server.url;
  return {
    url,
    token: async () =>
      tokens.issue(['all'], {
        ...own,
        scope: 'all',
        resource,
        jti: randomText(21),
        lifetime: 3600,
        claims: {},
      }),
    userToken: async (request) => {
      if (typeof request.user === 'object') checkUsers([request.user], guards);
      const response = await tenant.userToken(request);
      const { access_token, error, error_description } = JSON.parse(response.body) as Record<string, string>;
      if (access_token !== undefined) return access_token;
      const reason = response.reason ?? error_description ?? error;
      throw new Error(`The user gets no token: ${response.status} ${error ?? ''} (${reason})`);
    },
    state: () => structuredClone(tenant.customizers) as unknown as MockState,
    requests: () => [...kept],
    reset: async (next = {}) => {
      await tenant.reset(checkSeed(next, guards));
      forget();
    },
    close: async () => {
      await server.close();
      runner.close();
    },
  };
};

/**
 * Starts a server that responds like a Logto tenant: it stores customizers, validates requests, runs scripts, and
 * issues tokens with their claims.
 *
 * @throws {Error} with a one-line message that explains what to do, when an option is invalid, `jose` is not installed,
 *   the port or host cannot be bound, or another mock on this machine uses the state file
 */
export const startMock = async (options: MockOptions = {}): Promise<Mock> => {
  const { stateFile } = options;
  const giveBack = stateFile === undefined ? undefined : await holdFile(stateFile);
  try {
    const mock = await start(options);
    return { ...mock, close: () => mock.close().finally(giveBack) };
  } catch (error) {
    await giveBack?.();
    throw error;
  }
};
