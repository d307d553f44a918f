import { createOpaqueTokens } from '../../contracts/conforming/tenant.ts';
import openapi from '../../generated/openapi.json' with { type: 'json' };
import type { TenantOptions } from './operations.ts';
import { guardsOfRelease, type JsonSchemas } from './release-guards.ts';
import { createTenant, type Tenant } from './tenant.ts';

const resource = 'https://default.logto.app/api';

export interface FakeTenant extends Tenant {
  /** Sends a request with a token that has the permission, and parses a JSON answer. */
  send(
    method: string,
    path: string,
    options?: { body?: unknown; raw?: string | Uint8Array; headers?: Record<string, string | undefined> },
  ): Promise<{ status: number; headers: Readonly<Record<string, string>>; body: unknown; text: string }>;
}

/** A tenant whose scripts do nothing. */
export const fakeTenant = (options: Partial<TenantOptions> = {}): FakeTenant => {
  const { release = '1.43' } = options;
  const tokens = createOpaqueTokens();
  const tenant = createTenant({
    release,
    guards: guardsOfRelease(release, openapi.components.schemas as JsonSchemas),
    scripts: {
      test: async ({ script }) => ({ status: 200, claims: { script } }),
      issue: async ({ script }) => ({ status: 200, claims: { script } }),
    },
    clients: [
      { id: 'with', secret: 'right', hasRole: true },
      { id: 'without', secret: 'right', hasRole: false },
    ],
    resource,
    tokens,
    ...options,
  });
  const authorization = `Bearer ${tokens.issue(['all'])}`;
  return Object.assign(tenant, {
    send: async (
      method: string,
      path: string,
      { body, raw, headers }: Parameters<FakeTenant['send']>[2] = {},
    ) => {
      const response = await tenant.handle({
        method,
        path,
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: raw ?? (body === undefined ? '' : JSON.stringify(body)),
      });
      const isJson = response.headers['content-type']?.includes('json') && response.body !== '';
      return {
        ...response,
        body: isJson ? (JSON.parse(response.body) as unknown) : response.body,
        text: response.body,
      };
    },
  });
};

export const accessToken = '/api/configs/jwt-customizer/access-token';
export const clientCredentials = '/api/configs/jwt-customizer/client-credentials';
