/** The config of claims as code, `logto.config.mts`. */

/** A tenant that the scripts are deployed to. */
export interface TenantConfig {
  /** The tenant's base URL, for example `https://my-tenant.logto.app`. */
  endpoint: string;
  /**
   * The tenant's release of Logto, written as in `1.43`.
   * @default read off the tenant's own OpenAPI document; if several releases fit, the oldest of them
   */
  release?: string;
  /** The resource indicator of the Management API, as in the client: required for Logto Cloud behind a custom domain. */
  resource?: string;
  /** The URL of the token endpoint, as in the client, if it is on another host. */
  tokenEndpoint?: string;
  /**
   * Allows plain HTTP to another host, which sends secrets and tokens over the network unencrypted.
   * @default false
   */
  allowHttp?: boolean;
}

/** A customizer in the folder. Paths are relative to the config. */
export interface CustomizerConfig {
  /** The TypeScript or JavaScript file with `getCustomJwtClaims`. */
  script: string;
  /**
   * The names of the environment variables. Their values come from the process environment, `.env.<tenant>` or `.env`.
   * @default none
   */
  environmentVariables?: readonly string[];
  /**
   * A sample that is stored on the tenant, where the Console shows it.
   * @default none
   */
  sample?: string;
  /**
   * Samples that the script is run with before each push: paths, which can contain `*`.
   * @default the files beside the script that `check` uses
   */
  samples?: string | readonly string[];
  /**
   * Stored from Logto 1.39 on. Production builds of Logto ignore it.
   * @default not stored
   */
  blockIssuanceOnError?: boolean;
}

/**
 * The default export of `logto.config.mts`.
 *
 * @example
 * ```ts
 * import type { LogtoConfig } from 'logto-jwt-customizer/claims';
 *
 * export default {
 *   tenants: { production: { endpoint: 'https://acme.logto.app' } },
 *   customizers: { 'access-token': { script: 'claims/access-token.ts' } },
 * } satisfies LogtoConfig;
 * ```
 */
export interface LogtoConfig {
  /** By the name that `--tenant` takes. */
  tenants: Record<string, TenantConfig>;
  /** A token type that is left out is never touched. `null`: the tenant is to have no customizer for it. */
  customizers: {
    'access-token'?: CustomizerConfig | null;
    'client-credentials'?: CustomizerConfig | null;
  };
}
