import type { BodyGuard, GuardResult } from './guards.ts';
import { createTenant, type Tenant, type TenantOptions } from './tenant.ts';
import { unrecognizedKeys, type ZodIssue } from './zod-issues.ts';

const fields = ['script', 'environmentVariables', 'contextSample', 'tokenSample'];

const required = (field: string): ZodIssue => ({
  code: 'invalid_type',
  expected: 'string',
  received: 'undefined',
  path: [field],
  message: 'Required',
});

/** A guard that wants a script, refuses unknown fields, drops all of a contextSample but `user`, and orders fields. */
const guardCustomizer: BodyGuard = (body) => {
  const sent = body as Record<string, unknown>;
  const unknown = Object.keys(sent).filter((key) => !fields.includes(key));
  const issues = [
    ...(typeof sent['script'] === 'string' ? [] : [required('script')]),
    ...(unknown.length > 0 ? [unrecognizedKeys(unknown, [])] : []),
  ];
  if (issues.length > 0) return { success: false, issues };
  const known = fields.filter((field) => sent[field] !== undefined).map((field) => [field, sent[field]]);
  const data = Object.fromEntries(known) as Record<string, unknown>;
  const context = data['contextSample'] as { user?: unknown } | undefined;
  return {
    success: true,
    data: context === undefined ? data : { ...data, contextSample: { user: context.user } },
  };
};

const guardTestRequest: BodyGuard = (body): GuardResult =>
  typeof (body as { token?: unknown }).token === 'object'
    ? { success: true, data: body }
    : { success: false, issues: [required('token')] };

const resource = 'https://default.logto.app/api';

export interface FakeTenant extends Tenant {
  /** Sends a request with a token that has the permission, and parses a JSON answer. */
  send(
    method: string,
    path: string,
    options?: { body?: unknown; raw?: string | Uint8Array; headers?: Record<string, string | undefined> },
  ): Promise<{ status: number; headers: Readonly<Record<string, string>>; body: unknown; text: string }>;
}

/** A tenant whose guards are small enough to read. */
export const fakeTenant = (options: Partial<TenantOptions> = {}): FakeTenant => {
  const tenant = createTenant({
    release: '1.43',
    guards: {
      customizers: { 'access-token': guardCustomizer, 'client-credentials': guardCustomizer },
      testRequest: guardTestRequest,
    },
    schemas: {
      AccessTokenJwtCustomizer: {},
      ClientCredentialsJwtCustomizer: {},
      JwtCustomizerTestRequest: {},
    },
    scripts: {
      test: async ({ script }) => ({ status: 200, claims: { script } }),
      issue: async ({ script }) => ({ status: 200, claims: { script } }),
    },
    clients: [
      { id: 'with', secret: 'right', hasRole: true },
      { id: 'without', secret: 'right', hasRole: false },
    ],
    resource,
    ...options,
  });
  const authorization = `Bearer ${tenant.tokens.issue(['all'])}`;
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
