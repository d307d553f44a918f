import { type ConformingOptions, createConformingTenant } from '../../contracts/conforming/tenant.ts';
import type { Tenant } from './tenant.ts';

export interface FakeTenant extends Tenant {
  /** Sends a request with a token that has the permission, and parses a JSON response. */
  send(
    method: string,
    path: string,
    options?: { body?: unknown; raw?: string | Uint8Array; headers?: Record<string, string | undefined> },
  ): Promise<{ status: number; headers: Readonly<Record<string, string>>; body: unknown; text: string }>;
}

/** A tenant whose scripts do nothing. */
export const fakeTenant = (options: Partial<ConformingOptions> = {}): FakeTenant => {
  const tenant = createConformingTenant({
    release: '1.43',
    scripts: {
      test: async ({ script }) => ({ status: 200, claims: { script } }),
      issue: async ({ script }) => ({ status: 200, claims: { script } }),
    },
    ...options,
  });
  const authorization = `Bearer ${tenant.tokens.issue(['all'])}`;
  return Object.assign(tenant, {
    send: async (...[method, path, { body, raw, headers } = {}]: Parameters<FakeTenant['send']>) => {
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
