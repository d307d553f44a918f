import openapi from '../../generated/openapi.json' with { type: 'json' };
import { readDocument, recordedReleases } from '../../src/contract/recordings/index.ts';
import { createRunner, type Runner } from '../../src/runner/index.ts';
import {
  type BodyGuards,
  type Customizers,
  createTenant,
  guardsOfRelease,
  type JsonSchemas,
  type Rules,
  randomText,
  type Scripts,
  type Tenant,
  type TenantClient,
  type TokenDetails,
  type Tokens,
} from '../../src/tenant/index.ts';
import { officialGuards, officialRelease } from './guards.ts';

const minor = (release: string): number => Number(release.split('.')[1]);

/** The text of a tenant's own document, `GET /api/swagger.json`, from the nearest recorded release. */
export const swaggerOf = (release: string): string => {
  const distance = (recorded: string): number => Math.abs(minor(recorded) - minor(release));
  const [nearest] = [...recordedReleases].sort((a, b) => distance(a) - distance(b));
  return readDocument(nearest ?? '');
};

/** Logto's own guards for the installed release; for any other, guards generated from our document. */
const guardsOf = (release: string): BodyGuards =>
  release === officialRelease
    ? officialGuards
    : guardsOfRelease(release, openapi.components.schemas as JsonSchemas);

/** Tokens that are kept in memory. */
export interface MemoryTokens extends Tokens {
  /** With details it is a JWT, as a tenant's is, whose signature is random. */
  issue(scopes: readonly string[], details?: TokenDetails): string;
  scopesOf(token: string): readonly string[] | undefined;
}

const jwtOf = ({ claims, jti, subject, scope, clientId, resource: aud, lifetime }: TokenDetails): string => {
  const iat = Math.floor(Date.now() / 1000);
  const exp = iat + lifetime;
  const payload = { ...claims, jti, sub: subject, iat, exp, scope, client_id: clientId, aud };
  const parts = [{ alg: 'ES384', typ: 'at+jwt' }, payload].map((part) => JSON.stringify(part));
  return [...parts.map((part) => Buffer.from(part).toString('base64url')), randomText(128)].join('.');
};

export const createMemoryTokens = (): MemoryTokens => {
  const issued = new Map<string, readonly string[]>();
  return {
    issue: (scopes, details) => {
      const token = details === undefined ? randomText(43) : jwtOf(details);
      issued.set(token, scopes);
      return token;
    },
    scopesOf: (token) => issued.get(token),
  };
};

/** One runner for all tenants: tests create hundreds, and none depends on what another's scripts leave behind. */
const runners = new Map<string, Runner>();

/**
 * Runs the scripts of a conforming tenant.
 *
 * @param timeout - in milliseconds, instead of the 3 s or 5 s that the response reports
 */
export const scriptsOf = (release: string, timeout: number): Runner => {
  const key = `${release} ${timeout}`;
  const runner = runners.get(key) ?? createRunner({ release, timeout });
  runners.set(key, runner);
  return runner;
};

export interface ConformingOptions {
  /** From `1.28` to `1.43`. */
  release: string;
  /** @default none */
  customizers?: Customizers;
  /** @default scripts run in a separate process */
  scripts?: Scripts;
  /** For a deliberately wrong tenant. */
  rules?: Partial<Rules>;
  /** Awaited by every write between its read and its write. */
  pause?: () => Promise<void>;
  /**
   * Milliseconds after which an endless script is stopped. The response does not depend on it.
   * @default 2000
   */
  scriptTimeout?: number;
  /**
   * The client secret of both applications.
   * @default of-this-test-alone
   */
  secret?: string;
}

/** A conforming tenant with the values that a client needs. */
export interface ConformingTenant extends Tenant {
  release: string;
  resource: string;
  tokens: MemoryTokens;
  clients: Record<'withRole' | 'withoutRole', TenantClient & { secret: string }>;
  /** The text of `GET /api/swagger.json`. */
  swagger: string;
}

const resource = 'https://default.logto.app/api';

const clientsOf = (secret: string) => ({
  withRole: { id: 'm2m-with-role', secret, hasRole: true },
  withoutRole: { id: 'm2m-without-role', secret, hasRole: false },
});

/**
 * The model with the guards that Logto's own server runs. `contracts/conforming/conforming.test.ts` proves it.
 *
 * @throws {Error} when `release` is not written as in `1.42`.
 */
export const createConformingTenant = (options: ConformingOptions): ConformingTenant => {
  const { release, scriptTimeout = 2_000, secret = 'of-this-test-alone', ...others } = options;
  const clients = clientsOf(secret);
  const tokens = createMemoryTokens();
  const tenant = createTenant({
    scripts: scriptsOf(release, scriptTimeout),
    ...others,
    release,
    guards: guardsOf(release),
    clients: Object.values(clients),
    resource,
    tokens,
  });
  return Object.assign(tenant, { release, resource, tokens, clients, swagger: swaggerOf(release) });
};
