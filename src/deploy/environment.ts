/** What a tenant takes from the environment: credentials, and the values of variables. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { TokenType } from '../../generated/types.d.ts';
import { normalizeEndpoint } from '../client/endpoint.ts';
import type { Project } from './config.ts';
import { ConfigError } from './errors.ts';
import { nearestName } from './validate-config.ts';

export interface TenantSettings {
  name: string;
  /** Without a trailing slash. */
  endpoint: string;
  /** Written as in `1.43`. */
  release?: string;
  resource?: string;
  tokenEndpoint?: string;
  allowHttp: boolean;
  clientId: string;
  clientSecret: string;
  /** The process environment over `.env.<tenant>` over `.env`. */
  environment: Record<string, string>;
}

/**
 * The variables of a file; none if it does not exist.
 *
 * @throws {ConfigError} if it cannot be read
 */
export const readEnvFile = async (file: string): Promise<Record<string, string>> => {
  try {
    return parseEnv((await readFile(file, 'utf8')).replace(/^\uFEFF/, '')) as Record<string, string>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    throw new ConfigError(`${file} cannot be read (${code})`);
  }
};

/** Each with why it has no value. Logto's Console drops variables with an empty value, so empty counts as missing. */
const missingOf = (names: readonly string[], environment: Record<string, string>): string[] =>
  names
    .filter((name) => !Object.hasOwn(environment, name) || !environment[name])
    .map((name) => `${name} (${Object.hasOwn(environment, name) ? 'empty' : 'not set'})`);

const placesOf = (tenant: string): string => `the process environment, .env.${tenant} or .env`;

/**
 * What is needed to connect to a tenant of the config.
 *
 * @throws {ConfigError} for an unknown tenant, an unreadable file, or missing credentials
 */
export const tenantSettings = async (
  { config, folder }: Project,
  name: string,
  env: NodeJS.ProcessEnv,
): Promise<TenantSettings> => {
  const tenant = config.tenants[name];
  if (tenant === undefined) throw unknownTenant(name, Object.keys(config.tenants));
  const environment = {
    ...(await readEnvFile(join(folder, '.env'))),
    ...(await readEnvFile(join(folder, `.env.${name}`))),
    ...(env as Record<string, string>),
  };
  const missing = missingOf(['LOGTO_APP_ID', 'LOGTO_APP_SECRET'], environment);
  if (missing.length > 0)
    throw new ConfigError(
      `${name}: no value for ${missing.join(' and ')}. Set the id and secret of a machine-to-machine application with the Management API role in ${placesOf(name)}`,
    );
  const { release, resource, tokenEndpoint, allowHttp = false } = tenant;
  return {
    name,
    endpoint: normalizeEndpoint(tenant.endpoint, allowHttp),
    ...(release !== undefined && { release: release.split('.').slice(0, 2).join('.') }),
    ...(resource !== undefined && { resource }),
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    allowHttp,
    clientId: environment['LOGTO_APP_ID'] as string,
    clientSecret: environment['LOGTO_APP_SECRET'] as string,
    environment,
  };
};

/**
 * The values of a customizer's environment variables.
 *
 * @throws {ConfigError} that names each variable without a value
 */
export const variablesOf = (
  { name: tenant, environment }: TenantSettings,
  tokenType: TokenType,
  names: readonly string[],
): Record<string, string> => {
  const missing = missingOf(names, environment);
  if (missing.length > 0)
    throw new ConfigError(
      `${tenant}: ${tokenType} declares environment variables without a value: ${missing.join(', ')}. Set them in ${placesOf(tenant)}, of which the first counts`,
    );
  return Object.fromEntries(names.map((name) => [name, environment[name] as string]));
};

const unknownTenant = (name: string, known: readonly string[]): ConfigError => {
  const near = nearestName(name, known);
  return new ConfigError(
    `There is no tenant ${name}${near === undefined ? '.' : `: did you mean ${near}?`} The config has ${known.join(', ')}`,
  );
};

/**
 * The tenants that a command is for, each once, in the order given.
 *
 * @param given - the values of `--tenant`; without them, `LOGTO_TENANT` counts, then the only tenant of the config
 * @throws {ConfigError}
 */
export const selectTenants = (
  { config }: Project,
  given: readonly string[],
  env: NodeJS.ProcessEnv,
): string[] => {
  const known = Object.keys(config.tenants);
  const fromEnv = env['LOGTO_TENANT'] ? [env['LOGTO_TENANT']] : known;
  const names = given.length > 0 ? [...new Set(given)] : fromEnv;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownTenant(unknown, known);
  if (given.length === 0 && names.length > 1)
    throw new ConfigError(`Choose a tenant with --tenant or LOGTO_TENANT: ${known.join(', ')}`);
  return names;
};
