import { fileURLToPath } from 'node:url';
import { build } from 'logto-jwt-customizer/claims';
import { mockTenant } from 'logto-jwt-customizer/vitest';
import { test as base } from 'vitest';

/** The API's resource indicator. */
export const audience = 'https://orders.example.test';

const clients = [
  { id: 'shop', secret: 'secret-of-shop' },
  { id: 'visitor', secret: 'secret-of-visitor' },
];

const users = [{ id: 'ada', customData: { plan: 'pro' } }, { id: 'bob' }];

/**
 * Stores the script of a token type.
 *
 * @param {import('logto-jwt-customizer/vitest').MockTenant} tenant
 * @param {import('logto-jwt-customizer').TokenType} tokenType
 * @param {Record<string, string>} [environmentVariables]
 */
export const store = async (tenant, tokenType, environmentVariables = {}) => {
  const file = fileURLToPath(new URL(`../claims/${tokenType}.ts`, import.meta.url));
  await tenant.customizers.put(tokenType, { script: await build(file), environmentVariables });
};

/** Each test gets a tenant of its own that knows the API, these applications and users, and has no customizer. */
export const test = base
  .extend('tenant', mockTenant({ clients, users, resources: [audience] }))
  // An access token for the API, as an application gets it from Logto.
  .extend('tokenOf', ({ tenant }) => async (/** @type {string} */ client) => {
    const response = await fetch(`${tenant.url}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client}:secret-of-${client}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience }),
    });
    const { access_token } = /** @type {{ access_token: string }} */ (await response.json());
    return access_token;
  });
