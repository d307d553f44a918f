import { InvalidOptionError } from '../client/errors.ts';
import { createRunner } from '../runner/index.ts';
import { isBefore } from '../runner/release.ts';
import {
  type Customizers,
  createTenant,
  guardsOfRelease,
  type JsonSchemas,
  randomText,
} from '../tenant/index.ts';
import { newest, readDocument } from './document.ts';
import { keepRequests, type RecordedRequest, withPublic } from './responses.ts';
import { checkSeed } from './seed.ts';
import { serve } from './server.ts';
import { createSignedTokens } from './signed-tokens.ts';
import { createStateFile, holdFile } from './state-file.ts';
import { vendorDocument } from './vendor-document.ts';

/** A machine-to-machine application that may request tokens. */
export interface MockClient {
  id: string;
  secret: string;
  /**
   * Whether it has a role with the permission `all` of the Management API.
   * @default true
   */
  hasRole?: boolean;
}

export interface MockOptions {
  /**
   * The port to listen on; 0 lets the system choose.
   * @default 0
   */
  port?: number;
  /**
   * The address to listen on. Anyone who can reach the mock can run scripts with the rights of this process.
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
   * Milliseconds after which a script is stopped. The message in the response does not depend on it.
   * @default 3000 up to 1.42, 5000 from 1.43 on
   */
  scriptTimeout?: number;
  /**
   * Called with a line for each request: method, path, status and milliseconds, but no body, query or secret.
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
  /** The stored customizers, by token type. */
  state(): Customizers;
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
    customizers,
    tokens,
    ...(file && { onChange: file.write }),
  });

  const { respond, kept, forget } = keepRequests(
    withPublic(issuer, tokens.jwks, await vendorDocument(release, clients.length === 0), tenant.handle),
  );
  const server = await serve(respond, options, headers);
  url = server.url;
  return {
    url,
    token: async () =>
      tokens.issue(['all'], { clientId: 'mock', resource, jti: randomText(21), lifetime: 3600, claims: {} }),
    state: () => structuredClone(tenant.customizers),
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
