/** What mutants do to what is stored. */
import {
  type Customizer,
  type Customizers,
  type Rules,
  type TenantRequest,
  type TenantResponse,
  type TokenType,
  tenantRules,
  tokenTypes,
} from '../../../src/tenant/index.ts';
import type { Hook } from '../serve.ts';
import { type ConformingTenant, createConformingTenant } from '../tenant.ts';
import { sentIn, tokenTypeOf } from './hooks.ts';

type Visit = (value: unknown, key: string) => unknown;

/** The value with each value in it made another, the inner ones first. What becomes `undefined` is left out. */
const mapped = (value: unknown, visit: Visit, key = ''): unknown => {
  if (Array.isArray(value))
    return visit(
      value.map((item) => mapped(item, visit)).filter((item) => item !== undefined),
      key,
    );
  if (typeof value !== 'object' || value === null) return visit(value, key);
  const entries = Object.entries(value)
    .map(([name, item]) => [name, mapped(item, visit, name)] as const)
    .filter(([, item]) => item !== undefined);
  return visit(Object.fromEntries(entries), key);
};

/** A tenant that stores each value as another one. */
export const storing = (visit: Visit): Partial<Rules> => ({
  toJsonb: (value) => mapped(tenantRules.toJsonb(value), visit) as typeof value,
});

/** A tenant that stores each text as another one. */
export const storingTexts = (change: (text: string) => string): Partial<Rules> =>
  storing((value) => (typeof value === 'string' ? change(value) : value));

/** A tenant that stores each script as another one. */
export const storingScripts = (change: (script: string) => string): Partial<Rules> =>
  storing((value, key) => (key === 'script' && typeof value === 'string' ? change(value) : value));

export const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.getOwnPropertyNames(value).length === 0;

const path = (tokenType: TokenType): string => `/api/configs/jwt-customizer/${tokenType}`;

/** Stores past every hook; nothing stands for none. */
export const put = async (
  tenant: ConformingTenant,
  tokenType: TokenType,
  value: Customizer | undefined,
): Promise<void> => {
  await tenant.handle({
    method: value === undefined ? 'DELETE' : 'PUT',
    path: path(tokenType),
    headers: {
      authorization: `Bearer ${tenant.tokens.issue(['all'])}`,
      'content-type': 'application/json',
    },
    body: value === undefined ? '' : JSON.stringify(value),
  });
};

/** Brings back what was stored, past every hook. */
export const restore = async (tenant: ConformingTenant, customizers: Customizers): Promise<void> => {
  for (const tokenType of tokenTypes) await put(tenant, tokenType, customizers[tokenType]);
};

/** The token type that a request is about; access-token for one that names none. */
export const subjectOf = (request: TenantRequest): TokenType =>
  tokenTypes.find((tokenType) => tokenType === tokenTypeOf(request)) ?? 'access-token';

export const otherThan = (tokenType: TokenType): TokenType =>
  tokenType === 'access-token' ? 'client-credentials' : 'access-token';

/** The script that was sent, as far as storage takes it; an empty one when none was. */
export const scriptIn = (request: TenantRequest): string => {
  const script = sentIn(request)?.['script'];
  return typeof script === 'string'
    ? script
        .replaceAll(/\p{Cs}/gu, '\ufffd')
        .replaceAll('\u0000', '')
        .slice(0, 1000)
    : '';
};

/** Does something to what is stored after an answer, and before it is sent. */
export const after =
  (
    when: (request: TenantRequest, response: TenantResponse) => boolean,
    change: (tenant: ConformingTenant, request: TenantRequest, before: Customizers) => Promise<void>,
  ) =>
  (tenant: ConformingTenant): Hook =>
  async (request, next) => {
    const before = tenant.customizers;
    const response = await next();
    if (when(request, response)) await change(tenant, request, before);
    return response;
  };

/** The write of a refused request, done all the same. */
export const writeAllTheSame = async (tenant: ConformingTenant, request: TenantRequest): Promise<void> => {
  const tokenType = subjectOf(request);
  const stored = request.method === 'PUT' ? {} : tenant.customizers[tokenType];
  const value = request.method === 'DELETE' ? undefined : { ...stored, script: scriptIn(request) };
  await put(tenant, tokenType, value);
};

/** What an authorized request of that kind would be answered. It changes nothing. */
export const asAuthorized = (tenant: ConformingTenant, request: TenantRequest): Promise<TenantResponse> => {
  const twin = createConformingTenant({ release: tenant.release, customizers: tenant.customizers });
  const authorization = `Bearer ${twin.tokens.issue(['all'])}`;
  return twin.handle({ ...request, headers: { ...request.headers, authorization } });
};
