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

/** A machine-to-machine application that may ask for tokens. */
export interface MockClient {
  id: string;
  secret: string;
  /**
   * Whether it has the role with the permission `all` of the Management API.
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
   * The address to listen on. Scripts run with the rights of this process: who can reach the mock can use them.
   * @default '127.0.0.1'
   */
  host?: string;
  /**
   * The release of Logto that is mocked, from `1.28` on: its validation, and how it runs scripts.
   * @default the newest that the document describes
   */
  release?: string;
  /**
   * The customizers at first, by token type, or as `GET /api/configs/jwt-customizer` answers them.
   * @default none
   */
  seed?: Customizers | readonly unknown[];
  /**
   * A file in which the customizers are kept over restarts, of one mock at a time; `seed` is for when it does not exist
   * yet.
   * @default none, they are gone when the mock closes
   */
  stateFile?: string;
  /**
   * The applications that `POST /oidc/token` knows. Without them any client id with any secret gets a token.
   * @default []
   */
  clients?: readonly MockClient[];
  /**
   * The resource indicators of your own APIs, for which tokens are granted with every scope that is asked for.
   * @default []
   */
  resources?: readonly string[];
  /**
   * Milliseconds after which a script is stopped, whatever the answer says of it.
   * @default 3000 up to 1.42, 5000 from 1.43 on
   */
  scriptTimeout?: number;
  /**
   * Gets a line for each request: method, path, status and milliseconds. Never a body, a query, a token or a secret.
   * @default nothing is logged
   */
  log?: (line: string) => void;
}

/** A mock that listens. */
export interface Mock {
  /** Without a slash at the end: `http://127.0.0.1:41234`. */
  url: string;
  /** An access token of the Management API, without running the stored script for it. */
  token(): Promise<string>;
  /** What is stored, by token type. */
  state(): Customizers;
  /**
   * Starts anew from a seed, with no request kept.
   *
   * @throws {Error} when it is none, as `startMock` does
   */
  reset(seed?: Customizers | readonly unknown[]): Promise<void>;
  /**
   * What was asked of the mock, oldest first: the last 1,000 requests, fewer when their bodies have more than 16 million
   * characters. Headers and bodies can hold secrets.
   */
  requests(): readonly RecordedRequest[];
  /** Stops listening, and waits up to 2 s for requests in flight. May be called again. */
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
 * Starts a server that answers as a Logto tenant does: it keeps customizers, validates what is sent, runs scripts, and
 * issues tokens with their claims.
 *
 * @throws {Error} when an option is wrong, `jose` is not installed, the port or host cannot be bound, or another mock of
 *   this machine has the state file; the message is one line and says what to do
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
